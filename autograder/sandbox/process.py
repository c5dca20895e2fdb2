"""What the grader needs of a process that runs student code, jailed or plain."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Protocol

from autograder.model.result import LimitNote


@dataclass(frozen=True, slots=True)
class Ended:
    """How a sandbox ended: by a signal or with an exit code, what it used, which kernel limits it met."""

    signal: int | None
    code: int | None
    cpu_s: float
    peak_memory_mb: float
    memory_hit: bool
    processes_hit: bool


class SandboxProcess(Protocol):
    """One sandbox. `sock` is the grader's end of the wire; `notes` say how each limit is enforced."""

    sock: socket.socket
    pid: int
    notes: tuple[LimitNote, ...]

    def cpu_s(self) -> float:
        """CPU seconds used so far."""

    def output_size(self) -> int:
        """Bytes written to stdout and stderr so far."""

    def output(self, limit: int) -> bytes:
        """The last `limit` bytes of stdout and stderr."""

    def kill(self) -> None:
        """SIGKILL; harmless when it is dead already."""

    def ended(self, timeout_s: float = 2.0) -> Ended:
        """Wait for the end and say how it came."""

    def close(self) -> None:
        """Kill, reap, release everything; harmless when called twice."""
