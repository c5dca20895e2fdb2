"""Calls by the numbers of programs with short pointers, and by numbers that are no call or wrap around.

catalogue: F101
outcome: [forbidden, failed]
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for number in (500, 1000, 1 << 20, (1 << 29) - 1, -1 & 0xFFFF, (1 << 32) + 41):
    answer = libc.syscall(ctypes.c_long(number), 1, 1, 0)  # the last: a socket, if only 32 bits are looked at
    print(number, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(f"call {number}")
print("tried")
if os.uname().machine == "x86_64":
    for number in (41, 39):  # socket, getpid
        libc.syscall(ctypes.c_long(0x40000000 | number), 1, 1, 0)
        won("went on after such a call")
