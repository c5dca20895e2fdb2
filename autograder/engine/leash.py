"""Starts a command that the kernel kills when its parent ends: `python leash.py PARENT_PID COMMAND...`

A process of its own, because setting this up between fork and exec is not safe in a program with threads. The signal
comes when the parent's *thread* ends, so a worker belongs to the thread that started it. Standard library only; where
the system has no such call (not Linux) workers still see their stdin end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the call
            sys.exit(f"the parent process {parent} is gone")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
