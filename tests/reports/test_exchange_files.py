"""Files for other programs: in their format, with our numbers, and with nothing that is not for students."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import made_up_class as made

from autograder.model.result import Outcome, TopicResult
from autograder.reports.gradebook import Gradebook
from autograder.reports.names import file_names

CANVAS_ASSIGNMENT = re.compile(r"\A(.*)\s\((\d+)\)\z".replace(r"\z", r"\Z"))  # Canvas's own rule
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def rows(files: Mapping[Path, str], name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[Path("staff") / name])))


def number(text: str) -> float | None:
    return float(text) if text else None


def final(gradebook: Gradebook, student: str, topic: str) -> float | None:
    row = gradebook.row(student)
    assert row is not None
    (value,) = (cell.final for cell in row.cells if cell.topic == topic)
    return None if value is None else round(value, 2)


def test_canvas_can_read_its_table(files: Mapping[Path, str], gradebook: Gradebook):
    header, possible, *students = rows(files, "canvas.csv")
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert "Section" in header[4]  # right before the assignments
    assert possible[0] == "    Points Possible"
    assert [float(value) for value in possible[5:]] == [topic.points for topic in gradebook.topics]
    assert not any(CANVAS_ASSIGNMENT.match(title) for title in header[5:])
    for line, row in zip(students, gradebook.rows, strict=True):
        assert line[3].removeprefix("'") == row.student
        assert [number(value) for value in line[5:]] == [
            final(gradebook, row.student, topic.slug) for topic in gradebook.topics
        ]


def test_an_open_score_and_a_missing_one_change_nothing_in_canvas(files: Mapping[Path, str]):
    header, _, *students = rows(files, "canvas.csv")
    open_one = next(line for line in students if line[0] == "noether")
    assert "" in open_one[5:]
    assert header[0] == "Student"


def test_nbgrader_has_a_row_for_every_student_and_assignment_but_open_ones(
    files: Mapping[Path, str], gradebook: Gradebook
):
    header, *lines = rows(files, "nbgrader.csv")
    assert ",".join(header) == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,"
        "max_score"
    )
    assert len(lines) == len(gradebook.cells) - len(gradebook.held)
    for line in lines:
        assert len(line) == len(header)
        if line[2]:
            datetime.strptime(line[2], "%Y-%m-%d %H:%M:%S.%f")
            assert abs(float(line[7]) - float(line[8]) - float(line[9])) < 0.02
        else:
            assert float(line[9]) == 0.0


def test_gradescope_gets_a_file_for_every_result_with_the_score_that_counts(
    files: Mapping[Path, str], gradebook: Gradebook, results: list[TopicResult]
):
    names = file_names(row.student for row in gradebook.rows)
    told = 0
    for result in results:
        path = Path("staff/gradescope") / result.topic / f"{names[result.student]}.json"
        score = final(gradebook, result.student, result.topic)
        assert (path in files) == (score is not None)
        if path in files:
            told += 1
            whole = json.loads(files[path])
            assert whole["score"] == score
            assert whole["visibility"] in VISIBILITIES
            assert whole["stdout_visibility"] == "hidden"
            for test, check in zip(whole["tests"], result.checks, strict=True):
                assert test["status"] == ("passed" if check.outcome is Outcome.PASSED else "failed")
                assert test["visibility"] in VISIBILITIES - {"hidden"}  # a hidden one would hide the total
                assert test["output_format"] in FORMATS
                assert re.fullmatch(r"\d+\.\d+", test["number"])
                assert (test["output"] == "") == (check.outcome is Outcome.PASSED)
    assert told > 40


def test_junit_counts_its_cases_and_knows_their_points(files: Mapping[Path, str], results: list[TopicResult]):
    whole = Xml.fromstring(files[Path("staff/junit.xml")])
    suites = whole.findall("testsuite")
    assert len(suites) == len(results)
    for suite, result in zip(suites, results, strict=True):
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases) == len(result.checks)
        for kind in ("failure", "error", "skipped"):
            plural = kind if kind == "skipped" else f"{kind}s"
            assert int(suite.get(plural, "")) == sum(case.find(kind) is not None for case in cases)
        points = [float(each.get("value", "")) for each in suite.iter("property") if each.get("name") == "points"]
        assert abs(sum(points) - result.points) < 0.01 * len(points)


def test_lti_scores_are_complete_or_pending(files: Mapping[Path, str], gradebook: Gradebook):
    lines = {
        path.stem: [json.loads(line) for line in text.splitlines()]
        for path, text in files.items()
        if path.parent.name == "lti"
    }
    assert set(lines) == set(made.OUTLINE)
    pending = 0
    for topic, scores in lines.items():
        for score in scores:
            datetime.fromisoformat(score["timestamp"])
            assert score["activityProgress"] == "Completed"
            given = final(gradebook, score["userId"], topic)
            assert score.get("scoreGiven") == given
            assert (score["gradingProgress"] == "FullyGraded") == (given is not None)
            assert ("scoreMaximum" in score) == ("scoreGiven" in score)
            pending += given is None
    assert pending == len(gradebook.held) > 0


def test_nothing_of_a_hidden_check_but_its_message_is_in_them(files: Mapping[Path, str]):
    names = {"canvas.csv", "nbgrader.csv", "junit.xml"}
    told = [text for path, text in files.items() if path.name in names or {"lti", "gradescope"} & set(path.parts)]
    assert len(told) > 50
    for text in told:
        for secret in ("HIDDEN-CANARY", "31.4159", "assert 0.13", "epoch 1 loss", "uploads/class.zip"):
            assert secret not in text
