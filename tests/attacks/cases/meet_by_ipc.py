"""Leaves messages in System V and POSIX objects of the kernel, and looks for those of the sandbox before.

catalogue: F101
outcome: failed
needs: namespaces
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KEY = ctypes.c_int(0x51E6E)


def attempt(what, answer):
    print(what, os.strerror(ctypes.get_errno()))
    if answer >= 0:
        won(what)


attempt("shared memory", libc.shmget(KEY, ctypes.c_size_t(4096), 0o1666))
attempt("semaphores", libc.semget(KEY, 1, 0o1666))
attempt("a message queue", libc.msgget(KEY, 0o1666))
attempt("a POSIX queue", libc.mq_open(b"/siege", os.O_CREAT | os.O_RDWR, 0o666, None))
attempt("a memory file", libc.memfd_create(b"siege", 0))
for what in ("sysvipc/shm", "sysvipc/msg", "sysvipc/sem", "sys/kernel/shmmax"):
    if os.path.exists(f"/proc/{what}"):
        won(f"saw /proc/{what}")
for place in ("/dev/mqueue", "/dev/hugepages"):
    if os.path.exists(place):
        won(f"saw {place}")
found = [name for name in os.listdir("/dev/shm") if name.startswith("sem.")]
if found:
    won(f"found {found}")
open("/dev/shm/sem.siege", "w").write("left by a student")  # what sem_open makes
print("tried")
