"""Leaves keys in keyrings, where a later student of the same user id could find them, and searches for those of others.

catalogue: F101
outcome: failed
needs: namespaces
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ADD, REQUEST, KEYCTL = (217, 218, 219) if os.uname().machine == "aarch64" else (248, 249, 250)


def call(name, number, *args):
    answer = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args))
    print(name, os.strerror(ctypes.get_errno()))
    if answer > 0:
        won(name)


for ring in (-1, -2, -3, -4, -5):  # thread, process, session, user, user's session
    call(f"ring {ring}", KEYCTL, 0, ring, 1)
    call(f"add to {ring}", ADD, b"user", b"siege", b"left by a student", 17, ring)
call("find it", REQUEST, b"user", b"siege", None, 0)
call("join a session", KEYCTL, 1, b"siege")
call("persistent ring", KEYCTL, 22, -1, -3)
print("tried")
for name in ("keys", "key-users"):
    if os.path.exists(f"/proc/{name}"):
        won(f"saw /proc/{name}")
