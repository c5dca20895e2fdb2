"""The ways to a terminal that the graded class does not take: progress, our faults, wrong use, receipts, `check`."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest
from conftest import Sinks, run
from payloads import PAYLOADS
from rich.console import Console
from terminal_reader import faults

from autograder.cli import main, output
from autograder.cli.grade_progress import Progress
from autograder.engine.dispatch import Event, Kind
from autograder.model.course import Limits
from autograder.model.job import Job, TopicSpec
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.check import check_report
from autograder.reports.terminal import class_table
from autograder.submissions.receipt import digest_of

every_payload = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)


def printed(show: Callable[..., object], *args: object) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        show(*args)
    return out.getvalue() + err.getvalue()


def job(student: str) -> Job:
    spec = TopicSpec("letters", "letters", (), "", (), "d", Limits())
    return Job("1", spec, student, "ab" * 32, (), (), 1)


def result(student: str, text: str) -> TopicResult:
    both = Text(text, text)
    check = CheckResult("text.visible", "text", Outcome.FAILED, 0.0, 1.0, False, both, both, both, "value", text)
    return TopicResult(student, "letters", "ab" * 32, "c", "g", "cpu", 1, "wall", (check,), flags=(text,), output=text)


@every_payload
def test_the_lines_of_progress_are_text(payload: str):
    progress = Progress(Console(file=io.StringIO()), 1, lambda: ())
    events = [Event(Kind.RETRIED, job(payload)), Event(Kind.FINISHED, job(payload), result(payload, payload))]
    for event in events:
        said = printed(progress, event)
        assert faults(said) == []
        assert said.count("\n") == 1
        assert len(said) < 300


@every_payload
def test_the_live_display_is_text_in_colour_and_keeps_its_width(payload: str):
    console = Console(file=io.StringIO(), force_terminal=True, width=60)
    progress = Progress(console, 1, lambda: ("1",), quiet=True)
    progress(Event(Kind.STARTED, job(payload)))
    with console.capture() as captured:
        console.print(progress._render())
    assert faults(captured.get(), coloured=True) == []
    assert captured.get().count("\n") <= 8


@every_payload
def test_a_fault_of_ours_that_repeats_a_students_text_is_written_as_text(payload: str, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = printed(output.report_fault, RuntimeError(payload), False)
    assert faults(said) == []
    assert len(said) < 1000
    (log,) = tmp_path.iterdir()
    assert faults(log.read_text("utf-8")) == []
    assert faults(printed(output.show_trace, RuntimeError(payload))) == []


@every_payload
def test_wrong_use_repeats_names_as_text(payload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for words in (["collect", payload, "--into", "x"], ["grade", f"--{payload}"], [payload]):
        said = printed(main.run, [word.replace("\0", "") for word in words])
        assert faults(said) == []
    assert faults(printed(main._told, click.UsageError(payload), False)) == []


@every_payload
def test_what_a_receipt_says_is_text_on_lines_of_its_own(payload: str, tmp_path: Path):
    fields = (
        "student",
        "topic",
        "attempt",
        "submitted_at",
        "content",
        "files",
        "archive",
        "archive_sha256",
        "tool",
        "due",
    )
    receipt = {"format": 1, "kind": "receipt", "late_seconds": None, **dict.fromkeys(fields, payload)}
    for forged in (
        receipt | {"digest": digest_of(receipt)},
        receipt | {"digest": payload},
        receipt | {payload: payload},
    ):
        (tmp_path / "x.receipt.json").write_text(json.dumps(forged), encoding="utf-8")
        said = run("receipt", str(tmp_path / "x.receipt.json"))
        assert faults(said) == []
        assert said.count("\n") <= 4
        assert len(said) < 1500
        assert faults(run("receipt", str(tmp_path / "x.receipt.json"), "--json")) == []


@every_payload
def test_what_check_shows_is_text(payload: str, sinks: Sinks):
    from autograder.course.discover import glance

    (topic,) = glance(sinks.place / "course").topics

    def show() -> None:
        for part in check_report(topic, result("you", payload), 3, "en"):
            output.console().print(part)

    said = printed(show)
    assert faults(said) == []
    assert said.count("\n") < 1_000


@every_payload
def test_the_class_table_is_text_whatever_a_student_is_called(payload: str, sinks: Sinks):
    from autograder.course.discover import glance
    from autograder.model.result import Score
    from autograder.reports.facts import Graded, RunFacts
    from autograder.reports.gradebook import build

    course = glance(sinks.place / "course")
    entry = Graded(replace(result(payload, payload)), Score(0.0, 1.0, 0, 0.0, 0.0))
    said = printed(output.console().print, class_table(build(course, [entry], RunFacts())))
    assert faults(said) == []
    assert max(map(len, said.splitlines())) <= 100


@every_payload
def test_json_on_a_terminal_gives_the_same_text_back(payload: str):
    said = printed(output.print_json, {"text": payload})
    assert faults(said) == []
    assert json.loads(said) == {"text": payload}
