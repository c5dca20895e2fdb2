"""The two clocks exactly at their limits, which no real clock ever is."""

from __future__ import annotations

import socket

import pytest

from autograder.errors import SandboxEnded
from autograder.model.course import Limits
from autograder.sandbox import host as rooms
from autograder.sandbox.clock import QueueClock
from autograder.sandbox.host import Host
from autograder.sandbox.process import Ended


class Still:
    """A sandbox in which nothing happens."""

    pid, notes = 1, ()

    def __init__(self) -> None:
        self.sock, self._other = socket.socketpair()
        self.pid = -1  # nobody, who never waits for a processor
        self.cpu, self.printed, self.killed = 5.0, 0, False

    def cpu_s(self) -> float:
        return self.cpu

    def output_size(self) -> int:
        return self.printed

    def output(self, _: int) -> bytes:
        return b""

    def memory_hit(self) -> bool:
        return False

    def kill(self) -> None:
        self.killed = True

    def ended(self, _: float = 2.0) -> Ended:
        return Ended(9, None, self.cpu, 0.0, False, False)

    def close(self) -> None:
        self.sock.close()
        self._other.close()


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def still(monkeypatch):
    clock, process = Clock(), Still()
    monkeypatch.setattr(rooms, "waits_of", lambda _: {})  # this thread's own, real queue is no part of the story
    monkeypatch.setattr(rooms, "QueueClock", lambda waits: QueueClock(waits, clock.monotonic))
    host = Host(process, Limits(cpu_s=8, wall_s=64, output_kb=1))
    yield host, process, clock
    host.close()


def test_a_moment_before_the_limit_nothing_is_ended(still):
    host, process, clock = still
    process.cpu, clock.now, process.printed = 5 + 7.99, 1000 + 63.9, 1024
    assert 0 < host._watch() <= 0.25
    assert not process.killed


@pytest.mark.parametrize("more", [0, 1])
def test_at_the_limit_the_cpu_time_is_used_up(still, more):
    host, process, _ = still
    process.cpu += 8 + more
    with pytest.raises(SandboxEnded) as ended:
        host._watch()
    assert (ended.value.outcome, process.killed) == ("cpu", True)


@pytest.mark.parametrize("more", [0, 1])
def test_at_the_limit_the_time_on_the_clock_is_used_up(still, more):
    host, process, clock = still
    clock.now += 64 + more
    with pytest.raises(SandboxEnded) as ended:
        host._watch()
    assert (ended.value.outcome, process.killed) == ("timeout", True)


def test_a_new_check_has_all_of_its_time(still):
    host, process, clock = still
    process.cpu, clock.now = 5 + 7.99, 1000 + 63.9
    host.begin(8, 64)
    process.cpu, clock.now = process.cpu + 7.9, clock.now + 63
    assert host._watch() > 0
