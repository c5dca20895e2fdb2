"""Uses up inodes, nests folders, holds deleted files open, makes huge sparse files, links and the longest names.

catalogue: E80
outcome: failed
needs: [disk, limits]
prints: tried
"""

import os
import shutil


def until_refused(deed, most=20_000):
    for count in range(most):
        try:
            deed(count)
        except OSError as error:
            print(count, error.strerror)
            return count
    return most


os.mkdir("many")
if until_refused(lambda n: os.symlink("x" * 100, f"many/{n}")) >= 5000:
    won("made as many files as it liked")
shutil.rmtree("many")
os.mkdir("deep")
os.chdir("deep")
until_refused(lambda n: (os.mkdir("d"), os.chdir("d")), 1000)
os.chdir("/box")
open("one", "w").close()
until_refused(lambda n: os.link("one", f"{n:0255}"), 1000)
kept = []


def deleted(n):
    kept.append(os.open("gone", os.O_CREAT | os.O_RDWR))
    os.unlink("gone")
    os.write(kept[-1], bytes(1 << 16))


if until_refused(deleted) << 16 > 5 << 20:
    won("deleted files were not counted")
for fd in kept:
    os.close(fd)
with open("sparse", "wb") as file:
    for size in (1 << 23, 1 << 40, 1 << 62):
        try:
            os.ftruncate(file.fileno(), size)
            won(f"a file of {size} bytes")
        except OSError as error:
            print(error.strerror)
        try:
            os.posix_fallocate(file.fileno(), 0, size)
            won(f"took {size} bytes")
        except OSError as error:
            print(error.strerror)
for name in ("\n", "\x1b[2J", "-rf", "*", "$(id)", "a\\b", "\ud800".encode("utf-8", "surrogatepass"), b"\xff"):
    open(name, "w").close()
os.chmod(".", 0)
print("tried")
