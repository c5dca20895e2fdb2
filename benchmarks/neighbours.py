"""A small class graded alone and beside endless loops on every core: the outcomes must be the same, one by one.

The class: right submissions, four kinds of mistakes, an endless loop, one that sleeps, and right ones that use half of
the CPU limit. `alone` and `busy` alternate, so that a busy moment of the machine meets both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from autograder.engine.worker import Worker
from autograder.model.course import Limits
from autograder.model.pace import stretch
from autograder.model.plain import from_plain
from autograder.model.result import TopicResult
from autograder.model.submission import SubmittedFile
from autograder.sandbox import backend, speed
from autograder.sandbox.launcher import Zygote
from benchmarks.throughput import GOOD, job, source

PER_CORE = 2
LIMITS = Limits(cpu_s=1.0, wall_s=7.5)  # the proportion of the course's own limits, in a quarter of the time
_LOOP = "import time\nend = time.monotonic() + 600\nwhile time.monotonic() < end: pass"
_SLOW = """import time
def burn():
    end = time.process_time() + 0.5
    while time.process_time() < end: pass
"""


def sources(count: int) -> dict[str, str]:
    """Name -> source: `count` of the throughput benchmark's, and the four that a neighbour could hurt or help."""
    half = _SLOW + GOOD.format(number=0).replace("    return ((p", "    burn()\n    return ((p")
    return {f"student{number}": source(number) for number in range(count)} | {
        "half of the CPU limit": half,
        "half of the CPU limit, again": half.replace("# student 0", "# student 1"),
        "an endless loop": GOOD.format(number=0).replace("    return ((p", "    while True: pass\n    return ((p"),
        "sleeps": "import time\n"
        + GOOD.format(number=0).replace("    return ((p", "    time.sleep(99)\n    return ((p"),
    }


@dataclass(slots=True)
class Way:
    """One way to grade the class: outcomes of every check, and what it took."""

    outcomes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wall_s: float = 0.0
    cpu_s: float = 0.0
    again: int = 0
    differ: list[str] = field(default_factory=list)  # outcomes that differ from those of the first round alone


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many endless loops at our own priority, each in a session of its own."""
    command = [sys.executable, "-S", "-c", _LOOP]
    loops = [subprocess.Popen(command, start_new_session=True) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def grade(worker: Worker, name: str, text: str) -> TopicResult:
    work = job(0)
    work = replace(
        work,
        student=name,
        topic=replace(work.topic, limits=LIMITS),
        files=(SubmittedFile("toy.py", text.encode()),),
    )
    result: TopicResult = from_plain(TopicResult, worker.run(work))
    return result


def round_of(worker: Worker, classroom: dict[str, str], way: Way) -> None:
    """Grade the class once and add it up."""
    begun = time.perf_counter()
    for name, text in classroom.items():
        result = grade(worker, name, text)
        outcomes = tuple(check.outcome.value for check in result.checks)
        if way.outcomes.setdefault(name, outcomes) != outcomes:
            way.differ.append(f"{name}: {way.outcomes[name]} and then {outcomes}")
        way.cpu_s += result.cpu_s
        way.again += sum(bool(check.again) for check in result.checks)
    way.wall_s += time.perf_counter() - begun


def run(count: int, rounds: int) -> tuple[Way, Way, float]:
    """The class alone, the class beside its neighbours, and the speed of the machine."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    classroom = sources(count)
    pace = speed.measure()
    worker = Worker(Zygote(), pace)
    backend.settle()
    alone, beside = Way(), Way()
    grade(worker, "warm", source(0))
    for _ in range(rounds):
        round_of(worker, classroom, alone)
        with busy(PER_CORE * (os.cpu_count() or 1)):
            round_of(worker, classroom, beside)
    worker.close()
    alone.differ += beside.differ
    alone.differ += [
        f"{name}: {outcomes} alone, {beside.outcomes[name]} beside neighbours"
        for name, outcomes in alone.outcomes.items()
        if outcomes != beside.outcomes[name]
    ]
    return alone, beside, pace


def report(count: int = 20, rounds: int = 3) -> str:
    """One line, and one more for each outcome that differs; then it is no success."""
    alone, beside, pace = run(count, rounds)
    graded = rounds * len(alone.outcomes)
    checks = rounds * sum(map(len, alone.outcomes.values()))
    text = (
        f"{graded} submissions ({checks} checks) alone and beside {PER_CORE} endless loops per core: "
        f"{len(alone.differ)} outcomes differ; {beside.wall_s / alone.wall_s:.1f} times the time on the clock "
        f"({alone.wall_s / graded * 1e3:.0f} and {beside.wall_s / graded * 1e3:.0f} ms each), "
        f"{beside.cpu_s / alone.cpu_s:.2f} times the CPU time of the sandboxes; "
        f"{alone.again} and {beside.again} checks run a second time; "
        f"machine at {pace:g} times the reference, limits {stretch(pace):g} times as long"
    )
    right = [name for name in alone.outcomes if name.startswith("half") and set(alone.outcomes[name]) != {"passed"}]
    if right:
        raise SystemExit(f"right submissions did not pass: {', '.join(right)}")
    if alone.differ:
        raise SystemExit("\n".join([text, *alone.differ]))
    return text


if __name__ == "__main__":
    print(report(*map(int, sys.argv[1:3])))
