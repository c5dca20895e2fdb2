"""A tiny topic whose checks do nothing but call the student's `f`, graded through a real zygote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.grading.grade import grade
from autograder.grading.session import CheckSession
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.result import TopicResult
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text
from autograder.sandbox.launcher import Zygote

Graded = Callable[..., TopicResult]
_CHECK = """
@check("f.{name}", hint="h", zh="z")
def test_{name}(submission):
    submission.f({amount!r}, lambda value=0: value)
"""


@pytest.fixture
def graded(tmp_path: Path, zygote: Zygote) -> Iterator[Graded]:
    """`graded(source, {"below": 1, ...}, **limits)`: the result of one check for each amount, which it gives to `f`
    together with a function of its own."""
    with ExitStack() as stack:

        def run(source: str, amounts: dict[str, float], *, by: Zygote = zygote, **limits: float) -> TopicResult:
            path = tmp_path / "test_tiny.py"
            checks = (_CHECK.format(name=name, amount=amount) for name, amount in amounts.items())
            path.write_text("\n".join(["from autograder.checks.marks import check", *checks]))
            spec = TopicSpec(
                slug="tiny",
                module="tiny",
                tasks=(Task("f", 1.0, Text("f")),),
                visible=str(path),
                hidden=(),
                digest="digest",
                limits=Limits(**limits),  # type: ignore[arg-type]
            )
            session = CheckSession(spec)
            stack.callback(session.close)
            job = Job("1", spec, "ada", "digest", (SubmittedFile("tiny.py", source.encode()),), (), seed=1)
            return grade(job, session, by.spawn, grader="test", started_at="2026-01-01T00:00:00+00:00")

        yield run
