"""`autograder report` on a small course with results in its store."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from autograder.cli.grade_order import Order
from autograder.cli.main import run
from autograder.course.discover import checks_digest, load_course
from autograder.model.plain import to_plain
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.submission import Submission, SubmittedFile
from autograder.model.text import Text
from autograder.store.store import Store

NOW = "2027-03-08T12:00:00+08:00"
GRADING = """\
course: {en: "Small course", zh: "小课程"}
late: {per_day: 0.1}
topics:
  - {topic: first-steps, due: 2027-03-07T23:59:00+08:00}
  - {topic: second-steps, weight: 3}
"""
TOPIC = """\
title: {en: "Steps", zh: "步骤"}
tasks:
  - {name: double, points: 100, title: {en: "Double", zh: "加倍"}}
"""
CHECKS = """\
from autograder.checks.marks import check


@check("double.NAME", hint="Twice.", zh="两倍。")
def test_double(submission):
    assert submission.double(2) == 4
"""
STUB = "def double(x):\n    raise NotImplementedError\n"
MASTER = "def double(x):\n    # answer\n    return 2 * x\n    # end answer\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = tmp_path / "course"
    for folder, module in (("01_first_steps", "first_steps"), ("02_second_steps", "second_steps")):
        texts = {
            f"exercises/{folder}/topic.yml": TOPIC,
            f"exercises/{folder}/README.md": "# Steps\n",
            f"exercises/{folder}/README.zh.md": "# 步骤\n",
            f"exercises/{folder}/{module}.py": STUB,
            f"exercises/{folder}/test_{module}.py": CHECKS.replace("NAME", "example"),
            f"solutions/{folder}/{module}.py": MASTER,
            f"solutions/{folder}/test_{module}_hidden.py": CHECKS.replace("NAME", "value"),
            f"solutions/{folder}/NOTES.md": "Notes.\n",
        }
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    (root / "grading.yml").write_text(GRADING, encoding="utf-8")
    _fill(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "en")
    return root


def _fill(root: Path) -> None:
    """ada is a day late and right, 李明 failed; the second topic of ada is our failure."""
    at = datetime.fromisoformat("2027-03-08T10:00:00+08:00")
    digests = {topic.slug: checks_digest(topic) for topic in load_course(root).topics}
    with Store.open(root / "autograder.db") as store:
        number = store.start_run({}, NOW)
        for student, topic, outcome in (
            ("ada", "first-steps", Outcome.PASSED),
            ("ada", "second-steps", Outcome.INTERNAL),
            ("李明", "first-steps", Outcome.FAILED),
        ):
            files = (SubmittedFile(f"{topic}.py", b"x = 1"),)
            upload = Submission(student, topic, files, "folder", at)
            store.record_submissions([upload], NOW)
            store.save(_result(upload, outcome, digests[topic]), number, NOW)


def _result(upload: Submission, outcome: Outcome, digest: str) -> TopicResult:
    passed = outcome == Outcome.PASSED
    check = CheckResult(
        check="double.value",
        task="double",
        outcome=outcome,
        points=100.0 if passed else 0.0,
        max_points=100.0,
        hidden=True,
        message=Text() if passed else Text("off by one", "差一"),
        detail="SECRET",
        reason="" if passed else "value",
    )
    return TopicResult(
        upload.student, upload.topic, upload.digest, digest, "0.1.0 torch 2.13.0", "cpu", 7, "wall", (check,)
    )


def test_without_options_the_class_is_shown_as_a_table(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report"]) == 0
    shown = capsys.readouterr().out
    assert "✓ 90 L" in shown
    assert "! call a" in shown
    assert "李明" in shown


def test_one_student_is_shown_check_by_check(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report", "--student", "李明"]) == 0
    shown = capsys.readouterr().out
    assert "✗ value  0 / 100" in shown
    assert "off by one" in shown


def test_the_language_can_be_chosen(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report", "--student", "李明", "--language", "zh"]) == 0
    assert "差一" in capsys.readouterr().out


def test_html_goes_into_a_folder_and_says_which_page_to_open(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report", "--format", "html", "--out", "pages"]) == 0
    said = capsys.readouterr()
    assert Path(said.out.strip()) == course / "pages/staff/index.html"
    assert "give students only what is in" in said.err
    assert "SECRET" not in (course / "pages/students/ada.html").read_text(encoding="utf-8")
    page = (course / "pages/staff/students/ada.html").read_text(encoding="utf-8")
    assert "SECRET" in page
    assert "first-steps.py" in page


def test_csv_and_json_go_to_the_terminal_and_agree(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report", "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run(["report", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [line["first-steps"] for line in lines] == ["90", "0"]
    assert [student["topics"][0]["points"] for student in report["students"]] == [90.0, 0.0]
    assert report["students"][0]["percent"] is None
    assert report["students"][0]["topics"][0]["old_checks"] is False


def test_one_topic_narrows_the_course(course: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["report", "--topic", "first-steps", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [topic["slug"] for topic in report["topics"]] == ["first-steps"]
    assert report["students"][0]["percent"] == 90.0


def test_changed_checks_are_noticed(course: Path, capsys: pytest.CaptureFixture[str]):
    checks = course / "solutions/01_first_steps/test_first_steps_hidden.py"
    checks.write_text(checks.read_text() + "\n# stricter\n")
    assert run(["report"]) == 0
    assert "graded with older checks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--student", "adaa"], 'nothing was graded for "adaa".*did you mean "ada"'),
        (["--topic", "first-step"], 'no topic "first-step".*did you mean "first-steps"'),
        (["--db", "nowhere.db"], "no results here yet.*autograder grade"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(
    course: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
):
    import re

    assert run(["report", *options]) == 2
    assert re.search(words, capsys.readouterr().err.replace("\n", " "))
    assert not (course / "nowhere.db").exists()


def test_a_folder_with_other_files_is_left_alone(course: Path, capsys: pytest.CaptureFixture[str]):
    (course / "pages").mkdir()
    (course / "pages/thesis.tex").write_text("mine")
    assert run(["report", "--format", "html", "--out", "pages"]) == 2
    assert "thesis.tex" in capsys.readouterr().err


def test_the_roster_of_the_last_run_tells_who_is_missing(course: Path, capsys: pytest.CaptureFixture[str]):
    (course / "class.csv").write_text("name\nada\n李明\nzoë\n", encoding="utf-8")
    with Store.open(course / "autograder.db") as store:
        store.start_run(to_plain(Order(sources=("up loads",), roster=str(course / "class.csv"))), NOW)
    assert run(["report", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [student["student"] for student in report["students"]] == ["ada", "zoë", "李明"]
    assert run(["report", "--format", "html"]) == 0
    page = (course / "reports/staff/index.html").read_text(encoding="utf-8")
    assert "autograder grade &#39;up loads&#39; --course" in page
    assert "--student ada --topic second-steps" in page


def test_a_roster_that_is_gone_is_said_and_does_no_harm(course: Path, capsys: pytest.CaptureFixture[str]):
    with Store.open(course / "autograder.db") as store:
        store.start_run(to_plain(Order(roster=str(course / "gone.csv"))), NOW)
    assert run(["report"]) == 0
    said = capsys.readouterr()
    assert "without the roster" in said.err
    assert "李明" in said.out
