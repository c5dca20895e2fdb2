"""Everything as JSON, for programs. docs/report-json.md describes the fields; a change of meaning raises VERSION."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.model.plain import to_plain
from autograder.model.result import TopicResult
from autograder.reports import figures
from autograder.reports.clean import in_json
from autograder.reports.gradebook import Cell, Gradebook, Row
from autograder.reports.names import file_names
from autograder.reports.statistic import CheckRate

FORMAT = "autograder-report"
VERSION = 1


def json_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """Staff file: `report.json`."""
    del language  # texts are in both
    yield "staff/report.json", dumps(report(gradebook, results))


def dumps(data: dict[str, Any]) -> str:
    """JSON with a line for each field, and for each item of a field that is a list: to read, search and compare."""
    text = "{\n" + ",\n".join(f"{_line(key)}: {_lines(value)}" for key, value in data.items()) + "\n}\n"
    return in_json(text)  # invisible characters stay in the data, but never raw in the file


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _line(value)
    return "[\n " + ",\n ".join(map(_line, value)) + "\n]"


def _line(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.replace("<", "\\u003c")  # only strings hold one: no mark-up, whoever takes the file for a page


def report(gradebook: Gradebook, results: Sequence[TopicResult]) -> dict[str, Any]:
    """The whole report as plain data. Points and percents are rounded as everywhere; `results` are exact records."""
    names = file_names(row.student for row in gradebook.rows)
    known = {(cell.student, cell.topic) for cell in gradebook.cells}
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": to_plain(gradebook.run.made_at),
        "course": to_plain(gradebook.title),
        "topics": [_topic(gradebook, place) for place in range(len(gradebook.topics))],
        "students": [_row(row, names[row.student]) for row in gradebook.rows],
        "outcomes": dict(gradebook.states),
        "checks": [_rate(rate) for rate in gradebook.check_rates],
        "clusters": [to_plain(cluster) for cluster in gradebook.clusters],
        "missing": [{"student": cell.student, "topic": cell.topic} for cell in gradebook.missing],
        "unknown_students": list(gradebook.unknown),
        "look_alikes": to_plain(gradebook.look_alikes),
        "cost": to_plain(gradebook.cost),
        "run": {"wall_s": gradebook.run.wall_s, "workers": gradebook.run.workers, "reused": gradebook.run.reused},
        "limits": [to_plain(note) | {"topics": list(topics)} for note, topics in gradebook.limits],
        "isolation": to_plain(gradebook.isolation),
        "seeds": to_plain(gradebook.seeds),
        "graders": to_plain(gradebook.graders),
        "devices": to_plain(gradebook.devices),
        "results": [
            _finite(to_plain(_without_bytes(result))) for result in results if (result.student, result.topic) in known
        ],
    }


def _without_bytes(result: TopicResult) -> TopicResult:
    """Pictures by name only: they would be most of the file."""
    if not any(check.pictures for check in result.checks):
        return result
    checks = (
        replace(check, pictures=tuple(replace(one, png=b"") for one in check.pictures)) for check in result.checks
    )
    return replace(result, checks=tuple(checks))


def _topic(gradebook: Gradebook, place: int) -> dict[str, Any]:
    topic = gradebook.topics[place]
    return {
        "slug": topic.slug,
        "number": topic.number,
        "title": to_plain(topic.title),
        "points": topic.points,
        "weight": round(gradebook.weights[topic.slug], 6),
        "due": to_plain(gradebook.due.get(topic.slug)),
        "tasks": [to_plain(task) for task in topic.tasks],
    }


def _row(row: Row, name: str) -> dict[str, Any]:
    total = row.total
    return {
        "student": row.student,
        "page": f"students/{name}.html",
        "points": None if total.held else figures.rounded(total.points),
        "points_so_far": figures.rounded(total.points),
        "maximum": figures.rounded(total.maximum),
        "percent": None if total.final is None else figures.rounded_percent(total.final),
        "open_topics": total.held,
        "topics": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    score = cell.score
    return {
        "topic": cell.topic,
        "outcome": cell.state,
        "points": None if cell.final is None else figures.rounded(cell.final),
        "maximum": figures.rounded(cell.maximum),
        "open": cell.held,
        "before_late": figures.rounded(score.raw) if score else None,
        "late_days": cell.late_days,
        "penalty": figures.rounded(score.penalty) if score else None,
        "submission": to_plain(cell.submission),
        "problems": to_plain(cell.problems),
        "flags": list(cell.flags),
        "checks_passed": cell.passed,
        "checks": cell.checks,
        "isolated": cell.isolated,
        "old_checks": cell.drifted,
    }


def _rate(rate: CheckRate) -> dict[str, Any]:
    mean = figures.rounded(rate.points_share * rate.max_points)
    plain: dict[str, Any] = to_plain(rate)
    return plain | {"points_share": round(rate.points_share, 4), "mean_points": mean, "remark": rate.remark}


def _finite(data: Any) -> Any:
    """JSON knows no NaN and no infinity: as text, `"nan"`, `"inf"`, `"-inf"`."""
    if isinstance(data, float):
        return data if math.isfinite(data) else str(data)
    if isinstance(data, dict):
        return {key: _finite(part) for key, part in data.items()}
    return [_finite(part) for part in data] if isinstance(data, list) else data
