"""Fills memory that is no heap: shared and private maps, huge pages, sparse maps with big page tables, the disk in memory.

catalogue: [E77, E78]
outcome: failed
needs: [limits, disk]
prints: MiB
"""

import mmap
import os

PRIVATE, SHARED, HUGE, NORESERVE = 2, 1, 0x40000, 0x4000


def fill(flags, size):
    kept = []
    try:
        while len(kept) * size < 1 << 29:
            kept.append(mmap.mmap(-1, size, flags=flags | 0x20))  # MAP_ANONYMOUS
            kept[-1][0] = 1
    except (OSError, ValueError, MemoryError) as error:
        print(error)
    return len(kept) * size >> 20


for name, flags in {"private": PRIVATE, "shared": SHARED, "huge": PRIVATE | HUGE}.items():
    size = fill(flags, 4 << 20)
    print(size, "MiB", name)
    if size > 280:  # the limit, and the arena that the first thread never got
        won(f"{size} MiB {name}")
try:
    sparse = mmap.mmap(-1, 1 << 38, flags=PRIVATE | NORESERVE | 0x20)
    won("a map of 256 GiB")
except (OSError, MemoryError) as error:
    print(error)
with open("/dev/shm/file", "wb") as file:
    try:
        os.truncate(file.fileno(), 1 << 40)
        won("a file of a terabyte")
    except OSError as error:
        print(error)
for place in ("/dev/zero", "/proc/self/exe", "/usr"):
    try:
        mapped = mmap.mmap(os.open(place, os.O_RDWR if place == "/dev/zero" else os.O_RDONLY), 1 << 29, flags=SHARED)
        won(f"mapped half a gigabyte of {place}")
    except (OSError, ValueError, MemoryError) as error:
        print(error)
