"""The gradebook as CSV: a wide table with one line a student, and a long one with one line for each student's topic."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from autograder.model.result import TopicResult
from autograder.reports import figures
from autograder.reports.clean import line
from autograder.reports.gradebook import Cell, Gradebook, Row

# How spreadsheets recognise a formula, at the start of a cell or after a separator that another one may split at. The
# wide and small forms count too where Chinese or Japanese is typed.
_FORMULA = re.compile(
    "(^|[;,|\t])([\\s\"'`]*)(?=[=+\\-@\u2010-\u2015\u2212\u207a\u207b\u208a-\u208c\u207c\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])"
)
RESULT_COLUMNS = (
    "student", "topic", "title", "outcome", "points", "maximum", "before_late", "late_days", "penalty", "open",
    "submitted_at", "attempt", "submission", "checks_passed", "checks", "isolated", "old_checks", "flags",
)  # fmt: skip


def csv_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """Staff files: `gradebook.csv` (wide) and `results.csv` (long)."""
    del results  # the gradebook holds every number these tables need
    yield "staff/gradebook.csv", wide_csv(gradebook)
    yield "staff/results.csv", long_csv(gradebook, language)


def wide_csv(gradebook: Gradebook) -> str:
    """One line a student: points of each topic (empty: nothing handed in, or still open), then the total
    (empty while a topic is open: such a total must not get into another gradebook)."""
    header = ["student", *(topic.slug for topic in gradebook.topics), "total_points", "total_maximum", "total_percent"]
    return table([*header, "open_topics"], (_wide(row) for row in gradebook.rows))


def long_csv(gradebook: Gradebook, language: str = "en") -> str:
    """One line for each student and topic, handed in or not."""
    titles = {topic.slug: topic.title.to(language) for topic in gradebook.topics}
    return table(RESULT_COLUMNS, (_long(cell, titles[cell.topic]) for cell in gradebook.cells))


def guarded(text: str) -> str:
    """Text from others as a cell that no spreadsheet takes for a formula: a `'` stands wherever one could begin."""
    shown = line(text, 500)
    started = text[:1] in ("\t", "\r", "\n") and shown
    return ("'" if started and not _FORMULA.match(shown) else "") + _FORMULA.sub(r"\1'\2", shown)


def _wide(row: Row) -> list[str]:
    total = row.total
    points = [figures.points(cell.final) for cell in row.cells]
    whole = ["" if total.held else figures.points(total.points), figures.points(total.maximum)]
    return [guarded(row.student), *points, *whole, figures.percent(total.final), str(total.held)]


def _long(cell: Cell, title: str) -> list[str]:
    score, submission = cell.score, cell.submission
    return [
        guarded(cell.student),
        cell.topic,
        guarded(title),
        cell.state,
        figures.points(cell.final),
        figures.points(cell.maximum),
        figures.points(score.raw if score else None),
        str(cell.late_days),
        figures.points(score.penalty if score else None),
        _yes(cell.held),
        submission.submitted_at.isoformat() if submission and submission.submitted_at else "",
        str(submission.attempt) if submission else "",
        submission.digest if submission else "",
        str(cell.passed) if cell.outcome else "",
        str(cell.checks) if cell.outcome else "",
        _yes(cell.isolated) if cell.outcome else "",
        _yes(cell.drifted) if cell.outcome else "",
        guarded("; ".join(cell.flags)),
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """CSV with this header."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return target.getvalue()
