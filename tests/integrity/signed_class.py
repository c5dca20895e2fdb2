"""A store with a small class in it."""

from __future__ import annotations

from datetime import UTC, datetime

from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.submission import Submission, SubmittedFile
from autograder.store.pen import Hand
from autograder.store.store import Store

NOW, LATER = "2026-03-01T12:00:00+00:00", "2026-03-02T12:00:00+00:00"
HAND = Hand("staff@lab", lambda: NOW)


def result(student: str = "ada", points: float = 45.0, **fields: object) -> TopicResult:
    outcome = Outcome.PASSED if points == 100 else Outcome.FAILED
    checks = (
        CheckResult("mean.value", "mean", outcome, points, 100.0, hidden=True),
        CheckResult("mean.shape", "mean", Outcome.PASSED, 5.0, 5.0, hidden=False),
    )
    known: dict[str, object] = {
        "student": student,
        "topic": "statistics",
        "submission": student * 8,
        "checks_digest": "c" * 64,
        "grader": "0.1.0 torch 2.13.0",
        "device": "cpu",
        "seed": 7,
        "isolation": "wall",
        "checks": checks,
    }
    return TopicResult(**(known | fields))  # type: ignore[arg-type]


def receipt_facts(student: str = "ada", content: str = "0" * 64) -> dict[str, object]:
    """What `make_receipt` says of a hand-in."""
    return {
        "student": student,
        "topic": "statistics",
        "attempt": 1,
        "submitted_at": NOW,
        "content": content,
        "archive": "20260301T120000Z-000000000000.zip",
        "archive_sha256": content[::-1],
    }


def fill(store: Store) -> None:
    """ada failed and then passed, bob failed, cleo passed; two submissions, one receipt."""
    store.secret_seed()
    run = store.start_run({"topics": ["statistics"]}, NOW)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    uploads = [
        Submission(name, "statistics", (SubmittedFile("a.py", b"x"),), submitted_at=at) for name in ("ada", "bob")
    ]
    store.record_submissions(uploads, NOW)
    store.save(result("ada", 20, submission="first"), run, NOW)
    for student, points in (("ada", 100.0), ("bob", 45.0), ("cleo", 100.0)):
        store.save(result(student, points), run, NOW)
    store.give_receipts([receipt_facts()], NOW, {"sources": ["drop"]})
    store.finish_run(run, LATER)
