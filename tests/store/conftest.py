"""A store in a fresh folder, and results to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.store.store import Store

NOW = "2026-03-01T12:00:00+00:00"
LATER = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "class.db") as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return store.start_run({}, NOW)


@pytest.fixture
def graded() -> Callable[..., TopicResult]:
    """graded(student="ada", outcome=Outcome.PASSED, ...): a result with two checks."""

    def make(outcome: Outcome = Outcome.PASSED, **fields: object) -> TopicResult:
        points = 10.0 if outcome == Outcome.PASSED else 0.0
        checks = (
            CheckResult("mean.value", "mean", outcome, points, 10.0, hidden=True, reason="" if points else "value"),
            CheckResult("mean.shape", "mean", Outcome.PASSED, 5.0, 5.0, hidden=False, message=Text("good", "好")),
        )
        known: dict[str, object] = {
            "student": "ada",
            "topic": "statistics",
            "submission": "a" * 64,
            "checks_digest": "c" * 64,
            "grader": "0.1.0 torch 2.13.0",
            "device": "cpu",
            "seed": 7,
            "isolation": "wall",
            "checks": checks,
        }
        return TopicResult(**(known | fields))  # type: ignore[arg-type]

    return make
