"""Worker processes: replaced when used up, gone when we are."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from autograder.engine import leash, worker_process
from autograder.errors import AutograderError, WorkerLost
from autograder.model.plain import to_plain


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int, within_s: float = 5.0) -> bool:
    end = time.monotonic() + within_s
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def test_a_worker_is_used_again_and_replaced_in_time(room, make_job):
    room.grade([make_job(f"s{number}") for number in range(6)], room.engine(1, jobs_each=3))
    assert [room.pids.count(pid) for pid in dict.fromkeys(room.pids)] == [3, 3]


def test_no_worker_outlives_the_engine(room, make_job):
    room.grade([make_job("ada"), make_job("bo", "die 1")])
    assert all(gone(pid, 0) for pid in room.pids)


def test_closing_kills_what_runs_and_cancels_what_waits(room, make_job):
    engine = room.engine(1)
    running, waiting = (engine.submit(to_plain(make_job(name, "hang")), ceiling_s=60) for name in ("ada", "bo"))
    while not room.started:
        time.sleep(0.02)
    assert engine.at() == ("ada/statistics",)
    engine.close()
    with pytest.raises(WorkerLost, match="was stopped"):
        running.result(0)
    with pytest.raises(CancelledError):
        waiting.result(0)
    assert gone(room.pids[0], 0)
    with pytest.raises(WorkerLost, match="the engine is closed"):
        engine.submit({}, ceiling_s=1).result(0)


def test_a_worker_that_speaks_unasked_is_not_trusted_with_the_next_job(room, make_job):
    room.grade([make_job("ada", "chatter"), make_job("bo")], room.engine(1))
    assert room.outcomes == {"ada": "passed", "bo": "passed"}
    assert len(set(room.pids)) == 2


def test_a_line_without_end_is_cut_off(room, make_job, monkeypatch):
    monkeypatch.setattr(worker_process, "LINE_MAX", 100)
    with room.engine(1) as engine, pytest.raises(WorkerLost, match="a line of more than"):
        engine.submit(to_plain(make_job("ada")), ceiling_s=60).result(30)


def test_a_large_submission_reaches_the_worker(room, make_job):
    room.grade([make_job("ada", "ok " + "x" * 5_000_000)])
    assert room.outcomes == {"ada": "passed"}


def test_ctrl_c_in_the_terminal_is_for_us_alone(room, make_job):
    with room.engine(1) as engine:
        future = engine.submit(to_plain(make_job("ada", "slow 0.5")), ceiling_s=60)
        while not room.started:
            time.sleep(0.02)
        assert os.getpgid(room.pids[0]) != os.getpgid(0)
        future.result(30)


def test_a_program_that_is_not_there_is_our_fault(room, make_job, monkeypatch):
    monkeypatch.setattr("autograder.engine.local.STARTS", 1)
    engine = room.engine(1)
    engine._command[0] = "/no/such/python"
    with engine, pytest.raises(Exception, match=r"don't start(.|\n)*No such file"):
        engine.submit(to_plain(make_job("ada")), ceiling_s=60).result(30)


PARENT = """
import os, subprocess, sys
sleeper = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
leashed = [sys.executable, "-ISE", sys.argv[1], str(os.getpid()), *sleeper]
child = subprocess.Popen(leashed, stdout=subprocess.PIPE, text=True)
print(child.pid, child.stdout.readline().strip(), flush=True)
child.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_a_leashed_process_is_killed_with_its_parent():
    with subprocess.Popen([sys.executable, "-c", PARENT, leash.__file__], stdout=subprocess.PIPE, text=True) as parent:
        pid, up = parent.stdout.readline().split()
        parent.kill()
    assert up == "up"
    assert gone(int(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_a_leashed_process_does_not_start_without_its_parent():
    command = [sys.executable, "-ISE", leash.__file__, "1", sys.executable, "-c", "print('up')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 1)
    assert "the parent process 1 is gone" in done.stderr


def test_signals_for_the_worker_reach_its_whole_group(room, make_job):
    with room.engine(1) as engine:
        future = engine.submit(to_plain(make_job("ada", "hang")), ceiling_s=60)
        while not room.started:
            time.sleep(0.02)
        os.killpg(room.pids[0], signal.SIGTERM)
        with pytest.raises(WorkerLost, match="signal 15"):
            future.result(30)


@pytest.mark.parametrize("what", ["tempfile.TemporaryFile", "selectors.DefaultSelector", "subprocess.Popen"])
def test_a_lack_of_file_descriptors_is_told_as_such(room, make_job, monkeypatch, what):
    def refuse(*_: object, **__: object) -> object:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("autograder.engine.local.STARTS", 1)
    monkeypatch.setattr(f"autograder.engine.worker_process.{what}", refuse)
    with room.engine(1) as engine, pytest.raises(AutograderError, match=r"don't start(.|\n)*Too many open files"):
        engine.submit(to_plain(make_job("ada")), ceiling_s=60).result(30)


def test_a_lack_of_file_descriptors_that_passes_costs_nothing(room, make_job, monkeypatch):
    real, calls = worker_process.selectors.DefaultSelector, []

    def refuse() -> object:
        calls.append(1)
        if len(calls) == 2:  # the first job; the first time was to get ready
            raise OSError(errno.EMFILE, "Too many open files")
        return real()

    monkeypatch.setattr("autograder.engine.worker_process.selectors.DefaultSelector", refuse)
    room.grade([make_job("ada")], room.engine(1))
    assert room.outcomes == {"ada": "passed"}
    assert "Too many open files" in next(event.why for event in room.events if event.why)
