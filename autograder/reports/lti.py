"""LTI 1.3 scores: what an Assignment and Grade Services client posts to `{lineitem}/scores`, a line of JSON each.

One file for each topic, because each is a line item of its own. `userId` is the student's name in the course: whoever
posts the scores puts the platform's id in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from autograder.model.result import TopicResult
from autograder.reports import figures
from autograder.reports.clean import in_json
from autograder.reports.gradebook import Cell, Gradebook
from autograder.reports.words import say


def lti_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """`staff/lti/<topic>.jsonl` for every topic that somebody handed in."""
    del results
    for topic in gradebook.topics:
        cells = [cell for row in gradebook.rows for cell in row.cells if cell.topic == topic.slug and cell.outcome]
        lines = [json.dumps(_score(cell, gradebook.run.made_at, language), ensure_ascii=False) for cell in cells]
        if lines:
            yield f"staff/lti/{topic.slug}.jsonl", in_json("\n".join(lines) + "\n")


def _score(cell: Cell, made_at: datetime | None, language: str) -> dict[str, Any]:
    """One score. While a person has to look first it is Pending, and says no number."""
    payload: dict[str, Any] = {
        "userId": cell.student,
        "activityProgress": "Completed",
        "gradingProgress": "PendingManual" if cell.final is None else "FullyGraded",
    }
    if made_at is not None:
        payload["timestamp"] = made_at.isoformat(timespec="milliseconds")
    if cell.submission and cell.submission.submitted_at:
        payload["submission"] = {"submittedAt": cell.submission.submitted_at.isoformat(timespec="milliseconds")}
    if cell.final is None:
        return payload
    comment = say("some_passed", language, n=cell.passed, all=cell.checks)
    score = {"scoreGiven": figures.rounded(cell.final), "scoreMaximum": figures.rounded(cell.maximum)}
    return payload | score | {"comment": comment}
