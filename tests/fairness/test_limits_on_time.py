"""Limits on time follow the machine: the arithmetic, with clocks and speeds that were made up."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from autograder.engine.local import LocalEngine
from autograder.engine.plan import SPARE_S, ceiling_s
from autograder.grading.proof import Run, prove
from autograder.model.course import Limits, Task, Topic
from autograder.model.job import TopicSpec
from autograder.model.pace import QUEUED_AT_MOST, SECOND_RUNS, STEPS, stretch, stretched, time_notes, too_slow
from autograder.model.result import CheckResult, LimitNote, Outcome, TopicResult
from autograder.model.text import Text
from autograder.sandbox import clock, speed
from autograder.sandbox.clock import GRADER, QueueClock

# The speed of the machine ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "times"),
    [(0.0, 1), (3.0, 1), (1.0, 1), (0.91, 1), (0.9, 1.25), (0.8, 1.25), (0.62, 2), (0.5, 2), (0.13, 8), (0.01, 8)],
)
def test_a_slower_machine_has_longer_limits_and_a_faster_one_no_shorter_ones(measured, times):
    assert stretch(measured) == times


def test_stretching_covers_the_measured_slowness_and_ends_somewhere():
    for percent in range(1, 300):
        measured = percent / 100
        assert stretch(measured) in STEPS
        assert too_slow(measured) or stretch(measured) * measured >= 1 / 1.1 - 1e-9
    assert too_slow(0.12)
    assert not too_slow(0.125)
    assert not too_slow(0)


def test_only_times_are_stretched():
    assert stretched(Limits(cpu_s=4, wall_s=30), 2) == Limits(cpu_s=8, wall_s=60)


def test_notes_say_what_was_written_and_what_came_of_it():
    notes = (LimitNote("cpu", "?", "watched"), LimitNote("wall", "?", "watched"), LimitNote("disk", "64 MiB", "kernel"))
    limits = Limits(cpu_s=4, wall_s=30)
    values = [note.value for note in time_notes(notes, limits, 1.5, True)]
    assert values == [
        "4 s per check, 1.5 times as long on this machine: 6 s",
        "30 s per check, 1.5 times as long on this machine: 45 s; waiting for a processor is not counted",
        "64 MiB",
    ]
    assert [note.value for note in time_notes(notes, limits, 1, False)] == ["4 s per check", "30 s per check", "64 MiB"]


def test_the_best_turn_of_each_part_counts_and_a_neighbour_takes_only_some(monkeypatch):
    durations = iter([5.0, 1.0, 1.0, 2.0, 9.0, 9.0, 4.0, 3.0, 3.0])  # of three parts in turn, in milliseconds
    now = [0.0]

    def work() -> None:
        now[0] += next(durations, 50.0) / 1e3

    warm = iter([True] * 3)
    monkeypatch.setattr(speed, "PARTS", dict.fromkeys(speed.REFERENCE_MS, lambda: next(warm, None) or work()))
    best = speed.best_ms(lambda: now[0])
    assert [round(ms, 6) for ms in best.values()] == [2.0, 1.0, 1.0]


def test_the_speed_is_the_references_time_over_ours():
    assert speed.speed_of(speed.REFERENCE_MS) == 1
    assert speed.speed_of({part: 2 * ms for part, ms in speed.REFERENCE_MS.items()}) == 0.5


def test_this_machine_has_a_speed_and_measuring_it_is_cheap():
    began = os.times()
    found = speed.measure()
    assert 0.01 < found < 100
    assert sum(os.times()[:2]) - sum(began[:2]) < 2


def test_the_doctor_calls_a_machine_too_slow_when_no_stretching_helps():
    assert speed.fact(1.2).ok is True
    assert "2 times as long" in speed.fact(0.5).consequence
    assert speed.fact(0.05).ok is False
    assert "faster machine" in speed.fact(0.05).consequence


def test_all_workers_grade_at_the_best_speed_that_one_of_them_measured(tmp_path):
    script = tmp_path / "worker.py"
    script.write_text(
        "import json, os, sys\n"
        f"try: os.mkdir({str(tmp_path / 'first')!r}); speed = 0.25\n"
        "except FileExistsError: speed = 0.5\n"
        "print(json.dumps({'ready': {'speed': speed}}), flush=True)\n"
        "for line in sys.stdin: print(json.dumps({'result': {'speed': json.loads(line)['speed']}}), flush=True)\n"
    )
    with LocalEngine(1, [sys.executable, str(script)], jobs_each=1) as engine:
        seen = [engine.submit({"id": str(number)}, ceiling_s=60).result(60)["speed"] for number in range(3)]
    assert seen == [0.25, 0.5, 0.5]


@pytest.mark.parametrize("ready", [{}, 7, {"speed": "fast"}])
def test_a_worker_that_knows_no_speed_stretches_nothing(tmp_path, ready):
    script = tmp_path / "worker.py"
    script.write_text(
        f"import json, sys\nprint(json.dumps({{'ready': {ready!r}}}), flush=True)\n"
        "for line in sys.stdin: print(json.dumps({'result': json.loads(line)}), flush=True)\n"
    )
    with LocalEngine(1, [sys.executable, str(script)]) as engine:
        assert engine.submit({"id": "x"}, ceiling_s=60).result(60) == {"id": "x", "speed": 0}


def test_the_proof_of_a_course_asks_for_half_of_the_limit_that_the_check_had():
    check = CheckResult("f.value", "f", Outcome.PASSED, 100, 100, hidden=True, cpu_s=3.0)
    topic = Topic("toy", 1, Text(), (), (Task("f", 100, Text()),), Path(), None, Limits(cpu_s=60))

    def faults(limit: float) -> list[str]:
        made = (dataclasses.replace(check, cpu_limit_s=limit),)
        run = Run("solution", "solution", 1, TopicResult("ada", "toy", "d", "c", "g", "cpu", 1, "wall", made))
        return [fault for fault in prove(topic, [run]).faults if "over half" in fault]

    assert faults(4)
    assert not faults(8)


def test_a_grader_process_passes_for_hung_only_after_everything_that_a_submission_may_use(tmp_path):
    path = tmp_path / "test_toy.py"
    path.write_text("@check('f.a', wall_s=90)\ndef test_a(): ...\n\n@check('f.b')\ndef test_b(): ...\n")
    spec = TopicSpec("toy", "toy", (), str(path), (), "d", Limits(wall_s=30))
    runs = 2 + 1 + SECOND_RUNS  # checks, the import, second runs
    assert ceiling_s(spec) == runs * 90 * QUEUED_AT_MOST + SPARE_S


# The clock that does not run in the queue ----------------------------------------------------------------------------


class Machine:
    """A clock, and what threads have waited, set by hand."""

    def __init__(self, **waits: float) -> None:
        self.now, self.waits, self.asked = 100.0, waits, 0
        self.clock = QueueClock(self._read, lambda: self.now)

    def _read(self) -> dict[str, float]:
        self.asked += 1
        return dict(self.waits)


def test_time_in_the_queue_is_not_counted():
    machine = Machine(main=5.0)
    machine.clock.begin(10)
    machine.now += 14
    assert machine.clock.left() == -4
    machine.waits["main"] += 6
    assert machine.clock.left() == 2


def test_sleeping_is_counted_in_full():
    machine = Machine(main=5.0)
    machine.clock.begin(10)
    machine.now += 10
    assert machine.clock.left() == 0


def test_the_kernel_is_asked_only_when_the_time_is_up():
    machine = Machine(main=0.0)
    machine.clock.begin(10)
    asked = machine.asked
    machine.now += 9.9
    assert machine.clock.left() == pytest.approx(0.1)
    assert machine.asked == asked


def test_the_graders_own_waiting_is_not_the_submissions():
    machine = Machine(main=0.0)
    machine.waits[GRADER] = 1.0
    machine.clock.begin(10)
    machine.now += 14
    machine.waits |= {GRADER: 4.0, "main": 2.0}
    assert machine.clock.left() == 1


def test_sixty_threads_that_starve_each_other_earn_no_more_than_one():
    machine = Machine(main=0.0)
    machine.clock.begin(10)
    machine.now += 14
    machine.waits |= {f"thread {number}": 1.0 for number in range(60)}
    assert machine.clock.left() == -3


def test_the_credit_has_an_end_however_busy_the_machine_is():
    machine = Machine(main=0.0)
    machine.clock.begin(10)
    machine.now += 10 * QUEUED_AT_MOST
    machine.waits["main"] = 1e6
    assert machine.clock.left() == 0


def test_a_new_thread_with_an_old_number_takes_no_credit_away():
    machine = Machine(main=0.0, worker=50.0)
    machine.clock.begin(10)
    machine.now += 12
    machine.waits |= {"main": 3.0, "worker": 0.0}
    assert machine.clock.left() == 1


def test_where_nobody_counts_waiting_the_clock_is_an_ordinary_one():
    machine = Machine()
    machine.clock.begin(10)
    machine.now += 11
    assert machine.clock.left() == -1


@pytest.mark.skipif(not clock.COUNTED, reason="this kernel does not count waiting")
def test_the_kernel_tells_of_every_thread_and_of_the_one_that_asks(monkeypatch):
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        waits = clock.waits_of(os.getpid())
        assert {GRADER, str(os.getpid()), str(thread.native_id)} <= waits.keys()
        assert all(waited >= 0 for waited in waits.values())
        assert clock.waits_of(2**22 + 1).keys() == {GRADER}
    finally:
        done.set()
        thread.join()
    monkeypatch.setattr(clock, "COUNTED", False)
    assert clock.waits_of(os.getpid()) == {}


def test_measuring_prints_what_a_new_reference_needs(capsys):
    speed.main()
    said = json.loads(capsys.readouterr().out)
    assert said["speed"] > 0
    assert said["ms"].keys() == speed.REFERENCE_MS.keys()
