"""Frees itself from what ends it with its parent, hides from debuggers, and takes in other people's orphans.

catalogue: E74
outcome: failed
needs: pid
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for what, option, *args in (
    ("no signal when the parent dies", 1, 0, 0, 0, 0),
    ("another signal then", 1, 18, 0, 0, 0),
    ("dumpable", 4, 0, 0, 0, 0),
    ("a parent for orphans", 36, 1, 0, 0, 0),
    ("anybody may trace it", 0x59616D61, 2**64 - 1, 0, 0, 0),
    ("another memory map", 35, 1, 4096, 0, 0),
    ("the time stamp counter", 26, 2, 0, 0, 0),
    ("speculation", 53, 0, 2, 0, 0),
    ("core scheduling", 62, 1, 0, 0, 0),
    ("the machine check policy", 33, 1, 1, 0, 0),
    ("keep capabilities", 8, 1, 0, 0, 0),
):
    answer = libc.prctl(option, *map(ctypes.c_ulong, args))
    print(what, os.strerror(ctypes.get_errno()))
    if answer == 0:
        won(what)
asked = ctypes.c_int()
libc.prctl(2, ctypes.byref(asked), 0, 0, 0)
if asked.value != 9:
    won("would outlive its parent")
for step in (os.setsid, lambda: os.setpgid(0, 0), lambda: os.setpgid(0, 2)):
    try:
        step()
    except OSError as error:
        print(error)
print("tried")
