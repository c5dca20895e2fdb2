"""Writes passing results into every open file descriptor from 0 to 1023.

catalogue: C41
outcome: crash
flag: protocol violation
prints: descriptors open
"""

import json
import os
import stat

RESULT = json.dumps({"result": {"outcome": "passed", "points": 100}, "checks": [], "ended": 1, "code": 0}).encode() + b"\n"


def value(x, k):
    kinds = {}
    for fd in range(1024):
        try:
            kinds[fd] = stat.S_IFMT(os.fstat(fd).st_mode)
        except OSError:
            pass
    print("descriptors open:", len(kinds), flush=True)
    if list(kinds.values()).count(stat.S_IFSOCK) > 1 or stat.S_IFIFO in kinds.values():
        won("a second channel")
    for fd in sorted(kinds, key=lambda fd: kinds[fd] == stat.S_IFSOCK):
        try:
            os.write(fd, RESULT)
        except OSError:
            pass
    return x
