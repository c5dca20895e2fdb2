"""A toy topic and a way to grade it through the wall."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.grading.grade import grade
from autograder.grading.session import CheckSession
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.result import CheckResult, TopicResult
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text
from autograder.sandbox.launcher import Zygote

HEAD = """
import pytest
import torch
from autograder.checks import compare, training
from autograder.checks.marks import check
"""


class Toy:
    """`toy.grade(source)` -> the result; `toy.outcomes(source)` -> {check: outcome}."""

    def __init__(self, session: CheckSession, spec: TopicSpec, zygote: Zygote) -> None:
        self.session, self.spec, self.zygote = session, spec, zygote

    def grade(
        self, source: str, seed: int = 1, extra: tuple[SubmittedFile, ...] = (), *, until_failed: bool = False
    ) -> TopicResult:
        files = (SubmittedFile("toy.py", textwrap.dedent(source).encode()), *extra)
        job = Job("1", self.spec, "ada", "digest", files, (), seed=seed, until_failed=until_failed)
        return grade(job, self.session, self.zygote.spawn, grader="test", started_at="2026-01-01T00:00:00+00:00")

    def checks(self, source: str, seed: int = 1) -> dict[str, CheckResult]:
        return {check.check: check for check in self.grade(source, seed).checks}


@pytest.fixture
def toy(tmp_path: Path, zygote: Zygote) -> Iterator[Callable[..., Toy]]:
    """`toy(visible, hidden, **limits)` makes a topic of the tasks f (60 points) and g (40 points)."""
    with ExitStack() as stack:

        def make(visible: str, hidden: str = "", **limits: float) -> Toy:
            paths = []
            for name, text in (("test_toy.py", visible), ("test_toy_hidden.py", hidden)):
                path = tmp_path / name
                path.write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
                paths.append(str(path) if text else "")
            shown, *kept = paths
            tasks = (Task("f", 60.0, Text("f")), Task("g", 40.0, Text("g")))
            spec = TopicSpec("toy", "toy", tasks, shown, tuple(filter(None, kept)), "digest", Limits(**limits))  # type: ignore[arg-type]
            session = CheckSession(spec)
            stack.callback(session.close)
            return Toy(session, spec, zygote)

        yield make
