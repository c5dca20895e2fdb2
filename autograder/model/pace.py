"""How limits on time follow the machine: how fast it is, how busy it is. Arithmetic only.

The limits of a course are written for a reference machine. A grader process measures how fast its own machine is
(sandbox/speed.py); on a slower one every limit on time is stretched, on a faster one none is shortened. Stretching goes
in steps, so that two measurements that differ a little give the same limits, and reports show one line, not twenty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from autograder.model.course import Limits
from autograder.model.result import LimitNote

STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
SLACK = 0.1  # a machine slower by no more than this passes for as fast as the reference
QUEUED_AT_MOST = 4.0  # a limit on the clock never becomes longer than this many times itself, however busy the machine
SECOND_RUNS = 3  # checks of one submission that may be run a second time


def stretch(speed: float) -> float:
    """How many times as long limits on time are on a machine of this speed (1 is the reference; 0 or less: unknown)."""
    if speed <= 0 or 1 / speed <= 1 + SLACK:
        return 1.0
    return next((step for step in STEPS if step >= 1 / speed), STEPS[-1])


def too_slow(speed: float) -> bool:
    """Whether even the longest stretch is too short for this machine."""
    return 0 < speed * STEPS[-1] < 1


def stretched(limits: Limits, times: float) -> Limits:
    """The same limits with `times` as much CPU time and time on the clock."""
    return replace(limits, cpu_s=limits.cpu_s * times, wall_s=limits.wall_s * times)


def time_notes(notes: Iterable[LimitNote], limits: Limits, times: float, queue: bool) -> tuple[LimitNote, ...]:
    """Notes in which the limits on time say what was written (`limits`) and what came of it here. `queue`: whether time
    in the queue for a processor is left out of the time on the clock."""
    waiting = "; waiting for a processor is not counted" if queue else ""
    said = {
        "cpu": f"{limits.cpu_s:g} s per check{_longer(limits.cpu_s, times)}",
        "wall": f"{limits.wall_s:g} s per check{_longer(limits.wall_s, times)}{waiting}",
    }
    return tuple(replace(note, value=said.get(note.name, note.value)) for note in notes)


def _longer(seconds: float, times: float) -> str:
    return f", {times:g} times as long on this machine: {seconds * times:g} s" if times != 1 else ""
