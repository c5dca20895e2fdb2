"""A toy topic whose checks can be given trouble."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import neighbours
import pytest

from autograder.grading.grade import grade
from autograder.grading.session import CheckSession
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.result import TopicResult
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text
from autograder.sandbox.launcher import Zygote
from autograder.sandbox.process import SandboxProcess

HEAD = """
import pytest
from neighbours import trouble
from autograder.checks import compare
from autograder.checks.marks import check
"""


class Topic:
    """`topic.grade(source)` -> the result. `spawned`: the sandboxes so far; `on_spawn` is called with each."""

    def __init__(self, session: CheckSession, spec: TopicSpec, zygote: Zygote) -> None:
        self.session, self.spec, self.zygote = session, spec, zygote
        self.spawned: list[SandboxProcess] = []
        self.on_spawn: Callable[[SandboxProcess], Any] = lambda _: None

    def spawn(self, limits: Limits) -> SandboxProcess:
        process = self.zygote.spawn(limits)
        self.spawned.append(process)
        self.on_spawn(process)
        return process

    def grade(self, source: str, **changes: Any) -> TopicResult:
        files = (SubmittedFile("toy.py", textwrap.dedent(source).encode()),)
        job = replace(Job("1", self.spec, "ada", "digest", files, (), seed=1), **changes)
        return grade(job, self.session, self.spawn, grader="test", started_at="2026-01-01T00:00:00+00:00")


@pytest.fixture
def topic(tmp_path: Path, zygote: Zygote) -> Iterator[Callable[..., Topic]]:
    """`topic(checks, **limits)`: one task f of 100 points."""
    neighbours.TROUBLE.clear()
    neighbours.RUNS.clear()
    with ExitStack() as stack:

        def make(checks: str, **limits: float) -> Topic:
            path = tmp_path / "test_toy.py"
            path.write_text(HEAD + textwrap.dedent(checks), encoding="utf-8")
            given = Limits(**({"cpu_s": 0.6, "wall_s": 1.5} | limits))  # type: ignore[arg-type]
            spec = TopicSpec("toy", "toy", (Task("f", 100.0, Text("f")),), str(path), (), "digest", given)
            session = CheckSession(spec)
            stack.callback(session.close)
            return Topic(session, spec, zygote)

        yield make
