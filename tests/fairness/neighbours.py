"""Neighbours of a sandbox: programs that want every processor, and trouble that a check runs into on purpose."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# it ends by itself, whatever happens to us
_BUSY = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"

TROUBLE: list[str] = []  # what happens to the sandbox at the next calls of `trouble`, first one first
RUNS: list[str] = []  # the checks that were run, as they note themselves


@contextmanager
def busy(count: int, core: int | None = None) -> Iterator[None]:
    """So many endless loops at our own priority, all on one core if that is named."""
    # a session each: where the kernel shares processors out by session first, all in one would count as one
    command = [sys.executable, "-S", "-c", _BUSY]
    started = [subprocess.Popen(command, start_new_session=True) for _ in range(count)]
    try:
        for each in started if core is not None else ():
            os.sched_setaffinity(each.pid, {core})
        yield
    finally:
        for each in started:
            each.kill()
            each.wait()


def trouble(submission: Any, name: str = "") -> None:
    """Called by a check: note the run, and do to its sandbox what a neighbour, or the kernel in need, might."""
    RUNS.append(name)
    what = TROUBLE.pop(0) if TROUBLE else ""
    if what == "stop":  # the sandbox does not get on, and the clock runs
        os.kill(submission._host.process.pid, signal.SIGSTOP)
    elif what == "kill":
        os.kill(submission._host.process.pid, signal.SIGKILL)
    elif what == "burn":  # its CPU time is used up, by nobody's fault but ours
        submission.build("[None for _ in iter(int, 1)]")
