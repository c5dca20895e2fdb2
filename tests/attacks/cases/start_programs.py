"""Starts programs by every way there is: from memory, by descriptor, by the loader, as shells, as its own file again.

catalogue: [E73, F97]
outcome: failed
needs: [limits, pid]
prints: tried
"""

import ctypes
import multiprocessing
import os
import pty
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
TRUE, seen = os.path.realpath("/bin/true"), set()


def from_memory():
    fd = os.memfd_create("program")
    os.write(fd, open(TRUE, "rb").read())
    os.execve(fd, ["true"], {})


def on_the_disk():
    open("program", "wb").write(open(TRUE, "rb").read())
    os.chmod("program", 0o755)
    os.execv("./program", ["true"])


def through_the_loader():
    loaders = [name for name in os.listdir("/lib64" if os.path.exists("/lib64") else "/lib") if name.startswith("ld-")]
    os.execv(f"/lib64/{loaders[0]}", ["ld.so", TRUE])


def by_descriptor():
    fd = os.open(TRUE, os.O_RDONLY)
    null = ctypes.c_long(0)
    number = 281 if os.uname().machine == "aarch64" else 322
    if libc.syscall(ctypes.c_long(number), ctypes.c_long(fd), b"", (ctypes.c_char_p * 2)(b"true"), null, ctypes.c_long(0x1000)):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if os.system("true") == 0:
    won("os.system")
for way in (  # the last ones put another program into this one's place
    lambda: os.posix_spawn(TRUE, ["true"], {}),
    lambda: os.spawnv(os.P_NOWAIT, TRUE, ["true"]),
    lambda: subprocess.run([TRUE], check=True),
    lambda: subprocess.run("true", shell=True, check=True),
    lambda: os.popen("true").read(),
    lambda: pty.spawn(["true"]),
    lambda: os.forkpty(),
    lambda: multiprocessing.get_context("fork").Process(target=print).start(),
    lambda: multiprocessing.get_context("spawn").Process(target=print).start(),
    lambda: multiprocessing.get_context("forkserver").Process(target=print).start(),
    lambda: multiprocessing.Pool(1),
    from_memory,
    on_the_disk,
    through_the_loader,
    by_descriptor,
    lambda: os.execv("/proc/self/exe", [sys.executable, "-c", "0"]),
):
    try:
        way()
        won(f"started a program: {way}")
    except Exception as error:
        seen.add(f"{type(error).__name__} {error}"[:60])
print("tried", sorted(seen))
