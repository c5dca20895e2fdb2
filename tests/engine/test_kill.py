"""kill -9 at any moment: nothing is lost, nothing is graded twice, nobody is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

JOBS, KILLS = 90, 5
PROGRAM = Path(__file__).with_name("grade_class.py")


@pytest.fixture
def grading(tmp_path):
    """Start a dispatcher on this test's folder, in a process of its own."""
    running: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        running.append(subprocess.Popen([sys.executable, "-W", "error", str(PROGRAM), str(tmp_path), str(JOBS)]))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def still_running(pids: list[int], within_s: float = 5.0) -> list[int]:
    end = time.monotonic() + within_s
    while alive := [pid for pid in set(pids) if Path(f"/proc/{pid}").exists()]:
        if time.monotonic() > end:
            return alive
        time.sleep(0.05)
    return []


def begun(room) -> int:
    return sum(room.started.values())


@pytest.mark.parametrize("seed", [random.randrange(1 << 32)])
def test_a_killed_run_is_completed_without_losing_or_doubling_anything(room, grading, seed):
    dice = random.Random(seed)
    for number in range(KILLS):
        process = grading()
        goal = begun(room) + dice.randrange(1, JOBS // KILLS)
        while begun(room) < goal and process.poll() is None:
            time.sleep(0.002)
        time.sleep(dice.random() * 0.02)
        process.kill()
        process.wait()
        assert still_running(room.pids) == [], f"workers outlived kill {number}"
        done = len(room.store.matrix())
        assert done <= begun(room)
    last = grading()
    assert last.wait(60) == 0
    histories = {f"s{number}": len(room.store.history(f"s{number}", "statistics")) for number in range(JOBS)}
    assert set(histories.values()) == {1}
    assert set(room.outcomes.values()) == {"passed"}
    # what was in a worker's hands or on its way to the store at a kill is begun again, and nothing else
    assert begun(room) <= JOBS + KILLS * 4
    assert room.store.release_dead() == 0


def test_killed_workers_cost_tries_but_no_results(room, grading):
    process = grading()
    killed: set[int] = set()
    while process.poll() is None and len(killed) < 5:
        time.sleep(0.03)
        fresh = [pid for pid in (room.pids if room.log.exists() else []) if pid not in killed]
        if fresh:
            killed.add(fresh[-1])
            try:
                os.kill(fresh[-1], signal.SIGKILL)
            except ProcessLookupError:
                continue
    assert process.wait(60) == 0
    assert len(room.outcomes) == JOBS
    assert {row.replaced_at for name in room.outcomes for row in room.store.history(name, "statistics")} == {None}
