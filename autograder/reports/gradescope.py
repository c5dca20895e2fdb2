"""Gradescope's results.json, one for each submission: what its autograder would have written.

Format: the `docs/specs.md` of Gradescope's autograder samples. No test is "hidden": one that is hides the total from
students. What they must not see of a hidden check is not in the file at all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.model.course import Topic
from autograder.model.result import Outcome, TopicResult
from autograder.reports import figures
from autograder.reports.check_text import safe_text
from autograder.reports.clean import clean, in_json, line
from autograder.reports.gradebook import Cell, Gradebook
from autograder.reports.names import file_names


def gradescope_files(gradebook: Gradebook, results: Sequence[TopicResult], language: str) -> Iterator[tuple[str, str]]:
    """`staff/gradescope/<topic>/<student>.json`; a result that a person has to look at first is left out."""
    names = file_names(row.student for row in gradebook.rows)
    cells = {(cell.student, cell.topic): cell for cell in gradebook.cells}
    for result in results:
        cell, topic = cells.get((result.student, result.topic)), gradebook.topic(result.topic)
        if cell is not None and topic is not None and cell.final is not None:
            text = json.dumps(results_json(topic, result, cell, language), ensure_ascii=False, indent=1) + "\n"
            yield f"staff/gradescope/{result.topic}/{names[result.student]}.json", in_json(text)


def results_json(topic: Topic, result: TopicResult, cell: Cell, language: str) -> dict[str, Any]:
    """The file's content. `score` is after the course's late penalty, so it may be less than the sum of the tests."""
    assert cell.final is not None
    numbers = {task.name: number for number, task in enumerate(topic.tasks, 1)}
    tests, place = [], dict.fromkeys(numbers, 0)
    for check in result.checks:
        place[check.task] = place.get(check.task, 0) + 1
        tests.append(
            {
                "number": f"{numbers.get(check.task, 0)}.{place[check.task]}",
                "name": line(check.check),
                "score": figures.rounded(check.points),
                "max_score": figures.rounded(check.max_points),
                "status": "passed" if check.outcome is Outcome.PASSED else "failed",
                "output": safe_text(check, language),
                "output_format": "text",
                "tags": [line(check.task), "hidden" if check.hidden else "visible", str(check.outcome)],
                "visibility": "visible",
            }
        )
    return {
        "score": figures.rounded(cell.final),
        "execution_time": round(result.wall_s, 3),
        "output": clean("\n".join(problem.to(language) for problem in cell.problems)),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "leaderboard": _leaderboard(result),
        "extra_data": {"grader": line(result.grader), "submission": result.submission, "seed": result.seed},
    }


def _leaderboard(result: TopicResult) -> list[dict[str, Any]]:
    """What checks measured, an accuracy say."""
    found = {name: value for check in result.checks for name, value in check.measured.items() if math.isfinite(value)}
    return [{"name": line(name.replace("_", " ")), "value": float(figures.figure(found[name]))} for name in found]
