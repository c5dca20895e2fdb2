"""Cuts its output off, writes over it, seals it, maps it to change it later, and closes it.

catalogue: E81
outcome: failed
prints: tried
"""

import fcntl
import mmap
import os

print("x" * 5000, flush=True)
before = os.fstat(1).st_size
for way in (
    lambda: os.ftruncate(1, 0),
    lambda: os.truncate("/proc/self/fd/1", 0),
    lambda: os.open("/proc/self/fd/1", os.O_WRONLY | os.O_TRUNC),
    lambda: fcntl.fcntl(1, 1033, 15),  # F_ADD_SEALS: nothing may be written any more
    lambda: fcntl.fcntl(1, 1033, 8),
    lambda: fcntl.fcntl(1, 1024, 1),  # F_SETLEASE
):
    try:
        way()
        if os.fstat(1).st_size < before:
            won("its output shrank")
    except OSError as error:
        print(error)
fcntl.fcntl(1, fcntl.F_SETFL, 0)  # no longer at the end
os.lseek(1, 0, os.SEEK_SET)
os.write(1, b"y" * 2500)
mapped = mmap.mmap(os.open("/proc/self/fd/1", os.O_RDWR), 0)
mapped[:100] = b"\0" * 100
os.lseek(1, 0, os.SEEK_END)
print("tried", mapped[:3], mapped[2499:2501])


def value(x, k):
    mapped[100:200] = b"z" * 100
    os.close(0), os.close(1), os.close(2)
    return x + k
