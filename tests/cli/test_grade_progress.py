"""The live display, drawn into text."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.cli.grade_progress import Progress
from autograder.engine.dispatch import Event, Kind
from autograder.engine.unrun import rejected
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.submission import Problem
from autograder.model.text import Text

TOPIC = TopicSpec("statistics", "statistics", (Task("mean", 10.0, Text("Mean")),), "", (), "c", Limits())


def job(student: str) -> Job:
    return Job(f"{student}/statistics", TOPIC, student, "d", (), (), 7)


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "en")


def shown(progress: Progress) -> str:
    console = Console(file=io.StringIO(), width=100, force_terminal=False)
    console.print(progress._render())
    return console.file.getvalue()


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=100)


def test_it_shows_who_is_being_graded_and_what_came_out():
    progress = Progress(terminal(), 4, lambda: ("bo/statistics", ""))
    for student in ("ada", "bo"):
        progress(Event(Kind.STARTED, job(student)))
    progress(Event(Kind.FINISHED, job("ada"), rejected(job("ada"), Problem("empty", Text("empty")), "g", "t")))
    progress(Event(Kind.SKIPPED, job("cy")))
    text = shown(progress)
    assert "2 of 4" in text
    assert "1 failed" in text
    assert "1 already graded" in text
    assert "bo, statistics" in text
    assert "  2  ·" in text
    assert "ada" not in text
    assert "submissions a second, about" in text


def test_names_can_not_command_the_terminal():
    progress = Progress(terminal(), 1, lambda: ("\x1b[31mred/statistics",))
    progress(Event(Kind.STARTED, job("\x1b[31mred")))
    assert "\x1b" not in shown(progress)


def test_it_says_that_graders_are_starting():
    progress = Progress(terminal(), 1, lambda: ("starting",))
    assert "starting a grader process" in shown(progress)
    assert "a second" not in shown(progress)


def test_many_workers_do_not_fill_the_screen():
    progress = Progress(terminal(), 1, lambda: ("",) * 64)
    assert "and 52 more workers" in shown(progress)
    assert shown(progress).count("\n") < 20


def test_it_says_that_it_is_stopping():
    progress = Progress(terminal(), 1, tuple)
    progress.stopping = True
    assert "Ctrl-C again to stop at once" in shown(progress)


def test_it_leaves_the_terminal_clean():
    console = terminal()
    with Progress(console, 1, tuple) as progress:
        progress(Event(Kind.STARTED, job("ada")))
    assert console.file.getvalue().endswith("\x1b[?25h") or "\x1b[?25h" in console.file.getvalue()
