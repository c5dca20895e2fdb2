"""Sends every signal that ends a process to its parent, its group, its session, everybody, and the grader by number.

catalogue: C55
outcome: failed
needs: [pid, session, user]
prints: tried
"""

import ctypes
import fcntl
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
INFO = (ctypes.c_int * 32)(9, 0, -1)  # a siginfo that says it was queued
seen = set()


def attempt(what, deed):
    try:
        if deed() not in (None, 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    except OSError as error:
        return seen.add(error.strerror)
    if what not in ("everybody", "own group", "itself"):  # where there is nobody else
        won(f"signalled {what}")


for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
    attempt("everybody", lambda: os.kill(-1, number))
    attempt("own group", lambda: os.kill(0, number))
    attempt("the parent", lambda: os.kill(os.getppid() or 2, number))
    for pid in (WHERE["pid"], 2, 3, 4, 5, 6, 7, 8):
        attempt(pid, lambda: os.kill(pid, number))
        attempt(f"group {pid}", lambda: os.killpg(pid, number))
        attempt(f"thread {pid}", lambda: libc.syscall(ctypes.c_long(131 if ARM else 234), pid, pid, int(number)))
        attempt(f"thread {pid}", lambda: libc.syscall(ctypes.c_long(130 if ARM else 200), pid, int(number)))
        attempt(f"{pid} by queue", lambda: libc.syscall(ctypes.c_long(138 if ARM else 129), pid, int(number), INFO))
        attempt(f"{pid} by descriptor", lambda: libc.syscall(ctypes.c_long(434), pid, 0) < 0)
reading, writing = os.pipe()
for owner in (WHERE["pid"], -WHERE["pid"], 2, 1):
    for command, argument in ((8, owner), (10, signal.SIGKILL), (15, ctypes.create_string_buffer(8))):  # F_SETOWN, F_SETSIG
        try:
            fcntl.fcntl(reading, command, bytes(argument) if isinstance(argument, ctypes.Array) else argument)
            won(f"fcntl {command}")
        except OSError as error:
            seen.add(error.strerror)
os.write(writing, b"x")
print("tried", seen)
