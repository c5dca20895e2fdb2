"""CSV and JSON, and that every format gives the same numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import made_up_class as made
from page_reader import Page
from rich.console import Console

from autograder.model.plain import from_plain
from autograder.model.result import TopicResult
from autograder.reports.gradebook import Gradebook
from autograder.reports.terminal import class_table

WIDE, LONG, JSON = Path("staff/gradebook.csv"), Path("staff/results.csv"), Path("staff/report.json")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_wide_table_has_a_line_for_every_student(files: Mapping[Path, str], gradebook: Gradebook):
    lines = table(files[WIDE])
    assert [line["student"] for line in lines] == [row.student for row in gradebook.rows]
    assert list(lines[0]) == ["student", *made.OUTLINE, "total_points", "total_maximum", "total_percent", "open_topics"]


def test_a_cell_is_empty_when_nothing_was_handed_in_and_zero_when_nothing_was_earned(files: Mapping[Path, str]):
    line = next(line for line in table(files[WIDE]) if line["student"] == "bob")
    assert (line["training-loop"], line["linear-regression"]) == ("", "0")


def test_an_open_score_is_never_released(files: Mapping[Path, str]):
    line = next(line for line in table(files[WIDE]) if line["student"] == "noether")
    assert (line["autograd-torch"], line["total_points"], line["total_percent"]) == ("", "", "")
    assert line["open_topics"] == "1"
    student = next(each for each in json.loads(files[JSON])["students"] if each["student"] == "noether")
    assert (student["percent"], student["points"]) == (None, None)


def test_the_long_table_has_a_line_for_every_student_and_topic(files: Mapping[Path, str], gradebook: Gradebook):
    lines = table(files[LONG])
    assert len(lines) == len(gradebook.rows) * 6
    late = next(line for line in lines if (line["student"], line["topic"]) == ("王小红", "softmax-regression"))
    assert (late["before_late"], late["penalty"], late["points"], late["late_days"]) == ("100", "20", "80", "2")
    assert late["submitted_at"] == "2026-03-07T21:14:00+08:00"


def test_the_json_holds_every_result_exactly(files: Mapping[Path, str], results: list[TopicResult]):
    report = json.loads(files[JSON])
    assert (report["format"], report["version"]) == ("autograder-report", 1)
    assert [from_plain(TopicResult, plain) for plain in report["results"]] == results


def test_every_field_of_the_json_is_documented(files: Mapping[Path, str]):
    described = Path(__file__).parents[2].joinpath("docs/report-json.md").read_text(encoding="utf-8")
    report = json.loads(files[JSON])
    samples = [report, report["topics"][0], report["students"][0], report["students"][0]["topics"][0]]
    samples += [report["checks"][0], report["clusters"][0], report["cost"], report["cost"]["slowest"][0], report["run"]]
    samples += [report["limits"][0], report["students"][0]["topics"][0]["submission"], report["results"][0]]
    samples += [report["results"][0]["checks"][0]]
    missing = {key for sample in samples for key in sample if f"`{key}`" not in described}
    assert missing == set()


def test_nan_is_text_in_the_json():
    from autograder.reports.json_file import report

    check = made.check("accuracy", "softmax", measured={"loss": float("nan"), "gain": float("-inf")})
    entry = made.graded("ada", "softmax-regression", (check,))
    plain = report(made.gradebook([entry]), [entry.result])
    assert plain["results"][0]["checks"][0]["measured"] == {"loss": "nan", "gain": "-inf"}


def test_all_formats_give_the_same_numbers(files: Mapping[Path, str], gradebook: Gradebook):
    from_json = {
        (student["student"], cell["topic"]): cell["points"]
        for student in json.loads(files[JSON])["students"]
        for cell in student["topics"]
    }
    from_long = {(line["student"], line["topic"]): _number(line["points"]) for line in table(files[LONG])}
    from_wide = {(line["student"], slug): _number(line[slug]) for line in table(files[WIDE]) for slug in made.OUTLINE}
    assert from_json == from_long == from_wide
    terminal = _terminal(gradebook)
    page = Page(files[Path("staff/index.html")]).text
    for line in table(files[WIDE]):
        row = next(each for each in terminal if each.startswith(line["student"]))
        shown = re.findall(r"(?<=\S )\d+(?:\.\d+)?(?= )", f"{row} "[len(line["student"]) :])
        assert shown == [line[slug] for slug in made.OUTLINE if line[slug]], row
        if line["total_percent"]:
            assert f" {float(line['total_percent']):.1f}%" in row
            assert f" {line['total_points']} {line['total_percent']} %" in page


def _number(text: str) -> float | None:
    return float(text) if text else None


def _terminal(gradebook: Gradebook) -> list[str]:
    console = Console(file=io.StringIO(), width=160)
    console.print(class_table(gradebook))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()
