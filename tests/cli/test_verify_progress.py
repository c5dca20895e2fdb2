"""What is seen while a course is being proven."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

from rich.console import Console

from autograder.cli.verify_progress import Progress
from autograder.engine.seam import STARTING


def trial(topic: str, name: str) -> Any:
    return SimpleNamespace(
        kind="mistake", name=name, job=SimpleNamespace(id=f"{topic}/{name}", topic=SimpleNamespace(slug=topic))
    )


def run(cpu_s: float = 1.25) -> Any:
    return SimpleNamespace(result=SimpleNamespace(cpu_s=cpu_s))


def seen(progress: Progress) -> str:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    console.print(progress._render())
    return console.file.getvalue()  # type: ignore[attr-defined]


def terminal(*, interactive: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=interactive, width=100, color_system=None)


def test_elsewhere_than_in_a_terminal_each_topic_has_a_line_when_it_is_through(capfd):
    todo = [trial("softmax", "a"), trial("softmax", "b"), trial("loops", "c"), trial("loops", "d")]
    with Progress(terminal(interactive=False)) as progress:
        progress.begin("proof", todo)
        assert [progress.done(one, run(), remembered=one.name != "b") for one in todo] == [False, True, False, True]
    assert capfd.readouterr().err.splitlines() == [
        "[1/2] proof: softmax, 2 runs, 1 from memory, 1.2 s CPU",
        "[2/2] proof: loops, 2 runs, all from memory",
    ]


def test_the_terminal_shows_how_far_it_is_and_what_each_grader_process_does(capfd):
    todo = [trial("softmax", name) for name in "abc"]
    with Progress(terminal(interactive=True)) as progress:
        progress.at = lambda: ("softmax/b", STARTING, "")
        progress.begin("mutants", todo)
        progress.done(todo[0], run(), remembered=True)
        progress.started(todo[1])
        shown = seen(progress)
        progress.done(todo[1], run())
        later = seen(progress)
    assert "mutants" in shown
    assert "1 of 3" in shown
    assert "1 runs from memory" in shown
    assert "1  softmax: mistake b" in shown
    assert "2  starting a grader process" in shown
    assert "left" not in shown  # what is remembered says nothing about how fast it goes
    assert "2 of 3" in later
    assert "left" in later
    assert capfd.readouterr().err == ""


def test_each_phase_counts_anew():
    progress = Progress(terminal(interactive=False))
    progress.begin("proof", [trial("softmax", "a")])
    progress.done(trial("softmax", "a"), run())
    progress.begin("mutants", [trial("softmax", "m"), trial("softmax", "n")])
    assert "0 of 2" in seen(progress)
