"""Stamps a device node that every sandbox and the machine itself can see with a time, a bit for each nanosecond.

catalogue: own
outcome: failed
prints: tried
"""

import os

for device in ("null", "zero", "full", "random", "urandom"):
    path = f"/dev/{device}"
    before = os.stat(path)
    for way in (
        lambda path: os.utime(path),
        lambda path: os.utime(path, ns=(1, 1)),
        lambda path: os.chmod(path, 0o600),
        lambda path: os.chown(path, -1, -1),
        lambda path: open(path, "rb").read(1),
    ):
        try:
            way(path)
        except OSError as error:
            print(error)
    after = os.stat(path)
    for name in ("st_mtime_ns", "st_atime_ns", "st_ctime_ns", "st_mode"):
        if getattr(before, name) != getattr(after, name):
            won(f"changed {name} of a device")
print("tried")
