"""The time that a sandbox may use, by the clock on the wall but without the time it stood in the queue.

Theory of operation. On a busy machine a process that could run waits for a processor, and that is nobody's fault. The
kernel counts this waiting for every thread (the second number of /proc/PID/task/TID/schedstat, in nanoseconds), so it
can be taken off exactly, where the load average would only be a guess. Taken off is what the sandbox's longest waiting
thread has waited since the check began, and what the grader's own thread has: while the grader waits for a processor,
the sandbox that has answered long ago must not pay for it.

Against a sandbox that queues on purpose: the longest wait of one thread counts, never a sum over threads, so sixty
threads earn no more than one. While a thread waits, somebody else runs. If that is a thread of the same sandbox, its
CPU time counts against the sandbox's CPU limit, so a sandbox can make itself wait no longer than that limit. If it is
somebody else, the waiting is real; and the whole credit ends at QUEUED_AT_MOST times the limit.

Where the kernel does not count (not Linux, or built without CONFIG_SCHED_INFO), nothing is taken off.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable

from autograder.model.pace import QUEUED_AT_MOST

Waits = dict[str, float]  # thread -> seconds it has waited for a processor since it was started
GRADER = "grader"
COUNTED = os.path.exists("/proc/thread-self/schedstat")


class QueueClock:
    """One limit on the clock at a time: `begin` starts it, `left` says what is left of it."""

    def __init__(self, waits: Callable[[], Waits], now: Callable[[], float] = time.monotonic) -> None:
        self._waits, self._now = waits, now
        self.begin(0.0)

    def begin(self, limit_s: float) -> None:
        """From now on `limit_s` seconds are left."""
        self._limit, self._before, self._began = limit_s, self._waits(), self._now()

    def left(self) -> float:
        """Seconds left, 0 or less when the time is up. The kernel is asked only then: it is what costs."""
        left = self._limit - (self._now() - self._began)
        if left > 0:
            return left
        waited = {thread: total - self._before.get(thread, 0.0) for thread, total in self._waits().items()}
        own = waited.pop(GRADER, 0.0)
        credit = max(own, 0.0) + max(waited.values(), default=0.0)
        return left + min(max(credit, 0.0), (QUEUED_AT_MOST - 1) * self._limit)


def waits_of(pid: int) -> Waits:
    """What the threads of process `pid` have waited, and the thread that asks; {} where nobody counts."""
    found: Waits = {}
    if COUNTED:
        with contextlib.suppress(OSError):
            found[GRADER] = _waited_s("/proc/thread-self/schedstat")
            for thread in os.listdir(f"/proc/{pid}/task"):
                with contextlib.suppress(OSError):  # it ended just now
                    found[thread] = _waited_s(f"/proc/{pid}/task/{thread}/schedstat")
    return found


def _waited_s(path: str) -> float:
    with open(path, "rb") as numbers:
        return int(numbers.read().split()[1]) / 1e9
