"""Real neighbours: endless loops on every core, and one core shared with four of them."""

from __future__ import annotations

import os

import neighbours
import pytest

from autograder.model.result import Outcome
from autograder.sandbox import clock

CHECK = """
@check("f.value", hint="h", zh="z")
def test_f(submission):
    compare.equal(submission.f(1), 2)
"""
counted = pytest.mark.skipif(not clock.COUNTED, reason="this kernel does not count waiting for a processor")


def burns(seconds: float) -> str:
    """A right answer that takes so much CPU time."""
    return f"""
import time
def f(x):
    end = time.process_time() + {seconds}
    while time.process_time() < end:
        pass
    return x + 1
"""


def test_two_endless_loops_on_every_core_do_not_take_a_right_answer_its_points(topic):
    made = topic(CHECK, cpu_s=1, wall_s=7.5)
    with neighbours.busy(2 * (os.cpu_count() or 1)):
        (check,) = made.grade(burns(0.45)).checks
    assert (check.outcome, check.points) == (Outcome.PASSED, 100)


@pytest.fixture
def one_core(topic):
    """A topic whose sandboxes share one core with four endless loops."""
    core = min(os.sched_getaffinity(0))
    with neighbours.busy(4, core):
        made = topic(CHECK, cpu_s=1, wall_s=0.5)
        made.on_spawn = lambda process: os.sched_setaffinity(process.pid, {core})
        yield made


@counted
def test_a_limit_on_the_clock_that_is_too_short_for_the_queue_alone_takes_nothing_either(one_core):
    check = one_core.grade(burns(0.2)).checks[0]  # a fifth of a core for 0.2 s: one second, and the limit is a half
    assert check.outcome is Outcome.PASSED
    assert check.wall_s > 0.5


@counted
def test_without_counting_the_queue_it_would(one_core, monkeypatch):
    monkeypatch.setattr(clock, "COUNTED", False)
    check = one_core.grade(burns(0.2), again=False).checks[0]
    assert check.outcome is Outcome.TIMEOUT


def test_who_sleeps_on_a_busy_machine_is_still_out_of_time(one_core):
    check = one_core.grade("import time\ndef f(x):\n    time.sleep(99)\n").checks[0]
    assert (check.outcome, check.again) == (Outcome.TIMEOUT, "timeout")


@pytest.mark.parametrize(
    ("threads", "work"),
    [(60, "hashlib.sha256(big).digest()"), (1, "os.sched_yield()")],
    ids=["sixty threads that starve each other", "a thread that always lets others pass"],
)
def test_who_queues_on_purpose_while_sleeping_runs_out_all_the_same(one_core, threads, work):
    source = f"""
import hashlib, os, threading, time
big = bytes(1 << 20)
def busy():
    while True:
        {work}
def f(x):
    for _ in range({threads}):
        threading.Thread(target=busy, daemon=True).start()
    time.sleep(99)
"""
    check = one_core.grade(source, again=False).checks[0]
    assert check.outcome in (Outcome.TIMEOUT, Outcome.CPU)


def test_a_slow_machine_gives_the_time_and_says_so(topic):
    made = topic(CHECK, cpu_s=0.4, wall_s=20)
    assert made.grade(burns(0.6), again=False).outcome is Outcome.CPU
    slow = made.grade(burns(0.6), again=False, speed=0.5)
    assert (slow.outcome, slow.speed) == (Outcome.PASSED, 0.5)
    notes = {note.name: note.value for note in slow.limits}
    assert notes["cpu"] == "0.4 s per check, 2 times as long on this machine: 0.8 s"
    assert notes["wall"].startswith("20 s per check, 2 times as long on this machine: 40 s")


def test_the_speed_is_no_part_of_what_identifies_a_result(topic):
    made = topic(CHECK)
    source = "def f(x): return x + 1\n"
    assert made.grade(source, speed=0.5).key == made.grade(source).key
