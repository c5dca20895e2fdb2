"""Runs a command as the parent of whatever it leaves behind: `python watcher.py LEFT.json COMMAND...`"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def watch(left: str, command: list[str]) -> int:
    """Run `command`, then write the processes that it left to the file `left`; kill them."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    code = subprocess.run(command, check=False).returncode
    patience = time.monotonic() + 5
    while (alive := _children()) and time.monotonic() < patience:
        time.sleep(0.05)  # what was killed takes a moment to go
    Path(left).write_text(json.dumps(list(alive.values())))
    for pid in alive:
        os.kill(pid, 9)
    return code


def _children() -> dict[int, str]:
    """Our own children that still run; the others are waited for."""
    alive = {}
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        if os.waitpid(int(pid), os.WNOHANG)[0] == 0:
            alive[int(pid)] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return alive


if __name__ == "__main__":
    sys.exit(watch(sys.argv[1], sys.argv[2:]))
