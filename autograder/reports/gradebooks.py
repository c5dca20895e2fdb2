"""Tables that other gradebooks import: Canvas and nbgrader. A score that is open is never in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from autograder.model.result import TopicResult
from autograder.reports import figures
from autograder.reports.clean import line
from autograder.reports.csv_files import guarded, table
from autograder.reports.gradebook import Cell, Gradebook

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def canvas_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """`staff/canvas.csv`, for Canvas's gradebook import. Students are found by their login, assignments by their title:
    a title that Canvas does not know is offered as a new assignment. A blank changes nothing."""
    del results
    titles = [guarded(topic.title.to(language)) for topic in gradebook.topics]
    possible = ["    Points Possible", "", "", "", "", *(figures.points(topic.points) for topic in gradebook.topics)]
    rows = [
        [guarded(row.student), "", "", guarded(row.student), "", *(figures.points(cell.final) for cell in row.cells)]
        for row in gradebook.rows
    ]
    yield "staff/canvas.csv", table([*CANVAS, *titles], [possible, *rows])


def nbgrader_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """`staff/nbgrader.csv`, as `nbgrader export` writes it: a row for every student and assignment, 0 without a time
    where nothing was handed in."""
    del results, language
    rows = [_nbgrader(gradebook, cell) for cell in gradebook.cells if not cell.held]
    yield "staff/nbgrader.csv", table(NBGRADER, rows)


def _nbgrader(gradebook: Gradebook, cell: Cell) -> list[str]:
    due = gradebook.due.get(cell.topic)
    at = cell.submission.submitted_at if cell.submission else None
    score = cell.score
    return [
        cell.topic,
        due.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if due else "",
        at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if at else "",
        guarded(line(cell.student)),
        *("", "", ""),
        str(figures.rounded(score.raw if score else 0.0)),
        str(figures.rounded(score.penalty if score else 0.0)),
        str(figures.rounded(cell.final or 0.0)),
        str(figures.rounded(cell.maximum)),
    ]
