"""Becomes another user, takes groups and capabilities back, and lifts what keeps it from gaining any.

catalogue: F97
outcome: failed
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
before = os.getresuid(), os.getresgid(), os.getgroups()
for uid in (0, 1, 1000, 65533, 200_000):
    for change in (os.setuid, os.seteuid, os.setgid, os.setegid):
        try:
            change(uid)
            won(f"{change.__name__} {uid}")
        except OSError as error:
            last = error
    libc.setresuid(uid, uid, uid)
    libc.setresgid(uid, uid, uid)
    libc.setfsuid(uid)
    libc.setfsgid(uid)
    libc.setgroups(1, (ctypes.c_uint * 1)(uid))
everything = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
if libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), everything) == 0:
    won("took all capabilities")
for option, *args in ((47, 2, 21, 0, 0), (28, 0), (8, 1), (38, 0, 0, 0, 0), (24, 21), (52, 1), (36, 1)):
    answer = libc.prctl(option, *map(ctypes.c_ulong, args))
    print("prctl", option, answer, os.strerror(ctypes.get_errno()))
    if answer == 0 and option != 24:
        won(f"prctl {option}")
status = dict(line.split(":\t") for line in open("/proc/self/status") if ":\t" in line)
if (os.getresuid(), os.getresgid(), os.getgroups()) != before or len(set(status["Uid"].split())) != 1:
    won("is somebody else")
if any(int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")):
    won("has capabilities")
for name in ("uid_map", "gid_map", "setgroups"):
    try:
        open(f"/proc/self/{name}", "wb", 0).write(b"allow" if name == "setgroups" else b"0 0 4294967295")
        won(f"wrote {name}")
    except OSError as error:
        last = error
print("tried", last)
