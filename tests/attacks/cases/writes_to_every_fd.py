"""Writes passing results into every open file descriptor from 0 to 1023.

catalogue: C41
outcome: crash
flag: protocol violation
prints: descriptors written
"""

import json
import os
import stat

RESULT = json.dumps({"result": {"outcome": "passed", "points": 100}, "checks": [], "ended": 1, "code": 0}).encode() + b"\n"


def value(x, k):
    written = []
    for fd in range(1024):
        try:
            is_socket = stat.S_ISSOCK(os.fstat(fd).st_mode)
            os.write(fd, RESULT)
            written.append((fd, is_socket))
        except OSError:
            pass
    print("descriptors written:", written, flush=True)
    if sum(is_socket for _, is_socket in written) > 1 or any(os.readlink(f"/proc/self/fd/{fd}").startswith("pipe")
                                                             for fd, _ in written):  # fmt: skip
        won("a second channel")
    return x
