"""One sandbox as the grader holds it: a socket to talk through, a process to measure and to kill.

Theory of operation. Everything known here comes from the kernel, nothing from the sandbox: the process is held by a
pidfd, which can't come to mean another process; its CPU time is read from the kernel's CPU clock of that process;
what it printed lies in a memory file whose size the grader reads; how it ended is told by its parent, the zygote, in
the exact words of wait4(2).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from autograder.errors import WorkerLost

if TYPE_CHECKING:
    from autograder.model.result import LimitNote
    from autograder.sandbox.cgroups import Group

_NEARLY = 0.9  # of the memory limit: a crash above that share is taken for the limit


@dataclass(frozen=True, slots=True)
class Ended:
    """How a sandbox ended. `signal` or `code` is None.

    `peak_memory_mb` is beyond what the warm sandbox held already, in MiB. `memory_hit`: the kernel killed it for its
    memory, or it crashed close to the limit. `processes_hit`: the kernel counted a refused process (only with a cgroup;
    without workers a refused fork shows inside the sandbox alone, as BlockingIOError). `outside`: neither we nor the
    limit on its memory killed it, but the kernel when the machine ran out of memory, or a person. No code in a sandbox
    can do that, because the first process of a pid namespace doesn't hear its own SIGKILL.
    """

    signal: int | None
    code: int | None
    cpu_s: float
    peak_memory_mb: float
    memory_hit: bool
    processes_hit: bool
    outside: bool = False


class SandboxProcess(Protocol):
    """What the grader needs of a sandbox, however it is made."""

    sock: socket.socket  # our end of a stream socket pair
    pid: int
    notes: tuple[LimitNote, ...]

    def cpu_s(self) -> float:
        """CPU seconds that the whole sandbox has used so far."""

    def output_size(self) -> int:
        """Bytes of stdout and stderr so far."""

    def output(self, limit: int) -> bytes:
        """The last `limit` bytes of stdout and stderr."""

    def memory_hit(self) -> bool:
        """Whether the kernel has killed any process of the sandbox for its memory so far."""

    def kill(self) -> None:
        """End it now; harmless if it has ended."""

    def ended(self, timeout_s: float = 2.0) -> Ended:
        """Wait for the end, at most `timeout_s` seconds; then it is killed."""

    def close(self) -> None:
        """Kill it and give back everything it held; harmless the second time."""


@dataclass(frozen=True, slots=True)
class Warm:
    """Resident memory of the zygote in KiB, which every sandbox shares: its own, and of files."""

    anon_kb: int
    file_kb: int


@dataclass(frozen=True, slots=True)
class Accounting:
    """What the use of memory is measured against."""

    memory_mb: int  # the limit
    warm: Warm
    group: Group | None  # the sandbox's cgroup, if it has one


class WallProcess:
    """A sandbox behind the wall."""

    def __init__(
        self,
        held: tuple[socket.socket, int, int],
        notes: tuple[LimitNote, ...],
        accounting: Accounting,
        told: Callable[[], dict[str, Any]],
        forget: Callable[[], None],
    ) -> None:
        """`held`: our end of the socket, pidfd, output file; all are closed by `close`. `told`: waits for the zygote's
        message of how it ended. `forget`: called once, at close."""
        (self.sock, self.pidfd, self._output), self.notes = held, notes
        self._accounting, self._told, self._forget = accounting, told, forget
        self.pid = pid_of(self.pidfd)
        self._end: Ended | None = None
        self._peak_kb: int | None = None
        self._closed = self._killed = False

    def cpu_s(self) -> float:
        if self._closed or select.select([self.pidfd], [], [], 0)[0]:
            return self.ended().cpu_s
        if self._accounting.group:
            return self._accounting.group.cpu_s()
        try:
            return time.clock_gettime((~self.pid << 3) | 2)  # the kernel's CPU clock of another process
        except OSError:  # it ended just now
            return self.ended().cpu_s

    def output_size(self) -> int:
        return os.fstat(self._output).st_size

    def output(self, limit: int) -> bytes:
        size = self.output_size()
        return os.pread(self._output, limit, max(0, size - limit))

    def memory_hit(self) -> bool:
        if self._end or self._closed:
            return self._end is not None and self._end.memory_hit
        return self._accounting.group is not None and self._accounting.group.memory_hit()

    def kill(self) -> None:
        if self._end or self._closed:
            return
        self._measure()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            self._killed = True

    def ended(self, timeout_s: float = 2.0) -> Ended:
        if self._end is None:
            if not select.select([self.pidfd], [], [], timeout_s)[0]:
                self.kill()
            self._end = self._conclude(self._told())
        return self._end

    def close(self) -> None:
        """Doesn't wait for the end, which takes some milliseconds, unless there is a cgroup to remove."""
        if self._closed:
            return
        if self._end is None:
            try:
                cpu_s = self.cpu_s()
            except WorkerLost:
                cpu_s = 0.0  # the zygote is gone, and what it knew
            self.kill()
            end = {"signal": signal.SIGKILL, "code": None, "cpu_s": cpu_s, "maxrss_kb": 0}
            self._end = self._end or self._conclude(end)
        self._closed = True
        self.sock.close()
        if self._accounting.group:
            self._accounting.group.remove()
        os.close(self.pidfd)
        os.close(self._output)
        self._forget()

    def _measure(self) -> None:
        """Remember the highest private memory while the kernel still tells: after the end it has only the total."""
        with contextlib.suppress(OSError, KeyError), open(f"/proc/{self.pid}/status", errors="replace") as text:
            fields = dict(line.split(":", 1) for line in text)
            shared = int(fields["RssFile"].split()[0]) + self._accounting.warm.anon_kb
            self._peak_kb = int(fields["VmHWM"].split()[0]) - shared

    def _conclude(self, message: dict[str, Any]) -> Ended:
        limit, warm, group = self._accounting.memory_mb, self._accounting.warm, self._accounting.group
        peak_kb = message["maxrss_kb"] - warm.anon_kb - warm.file_kb if self._peak_kb is None else self._peak_kb
        peak_mb = max(0.0, peak_kb / 1024)
        crashed = message["signal"] in (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT)
        memory_hit, processes_hit = crashed and peak_mb > _NEARLY * limit, False
        if group:
            memory_hit, processes_hit = memory_hit or group.memory_hit(), group.processes_hit()
            peak_mb = max(peak_mb, group.peak_mb())
        how, used = (message["signal"], message["code"]), (message["cpu_s"], peak_mb)
        outside = message["signal"] == signal.SIGKILL and not (self._killed or memory_hit)
        return Ended(*how, *used, memory_hit, processes_hit, outside)


def pid_of(pidfd: int) -> int:
    """The process id in our own pid namespace; -1 if it has ended and been waited for."""
    with open(f"/proc/self/fdinfo/{pidfd}") as text:
        return int(dict(line.split(":", 1) for line in text)["Pid"])
