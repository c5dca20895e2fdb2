"""Puts a filter of its own over the one it is under, so that calls are answered by a listener that it holds.

catalogue: D67
outcome: failed
prints: tried
"""

import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
SECCOMP = ctypes.c_long(277 if os.uname().machine == "aarch64" else 317)
allow = ctypes.create_string_buffer(struct.pack("<HBBI", 6, 0, 0, 0x7FFF0000))  # return ALLOW
program = struct.pack("<HxxxxxxQ", 1, ctypes.addressof(allow))
libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS, without which nobody may
for flags in (0, 1, 2, 4, 8, 8 | 32):  # ..., NEW_LISTENER, WAIT_KILLABLE_RECV
    answer = libc.syscall(SECCOMP, ctypes.c_long(1), ctypes.c_long(flags), program)
    print(flags, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(f"loaded a filter with flags {flags}")
if libc.prctl(22, 2, program, 0, 0) == 0:  # PR_SET_SECCOMP
    won("loaded a filter by prctl")
print("tried")
