"""Leaves marks in files, names, settings and patched code for the sandbox after it, and looks for those of the one before.

catalogue: [E75, D64]
outcome: failed
needs: namespaces
prints: left marks
"""

import ctypes
import os
import socket
import sys
import threading

import torch

libc = ctypes.CDLL(None, use_errno=True)
MARK = b"left by a siege!"
found = [place for place in ("/box", "/tmp", "/dev/shm", "/private") if os.path.exists(f"{place}/mark")]
found += [name for name in ("SIEGE_MARK",) if name in os.environ]
found += ["a module"] if hasattr(sys, "siege_mark") or hasattr(torch, "siege_mark") else []
found += ["a thread"] if threading.active_count() > 1 else []
found += ["a default"] if torch.get_default_dtype() is torch.float16 else []
found += ["a name"] if open("/proc/self/comm").read() == "siege\n" else []
found += ["another host name"] if socket.gethostname() != "sandbox" else []

# the page of a library that all sandboxes share, written through the back door that ignores its protection
address = ctypes.cast(libc.getpid, ctypes.c_void_p).value & ~4095
shared = open("/proc/self/mem", "r+b", 0)
shared.seek(address)
if shared.read(len(MARK)) == MARK:
    found.append("a page of the C library")
# the code of the guest and the memory of the zygote
import autograder.sandbox.wire as wire

if wire.MAX_DEPTH != 64:
    found.append("a changed guest")
for what in found:
    won(f"found {what}")

for place in filter(lambda place: os.access(place, os.W_OK), ("/box", "/tmp", "/dev/shm")):
    open(f"{place}/mark", "w").write("left")
os.environ["SIEGE_MARK"] = os.environ["PYTHONSTARTUP"] = "/box/victim.py"
sys.siege_mark = torch.siege_mark = True
wire.MAX_DEPTH = 63
torch.set_default_dtype(torch.float16)
libc.prctl(15, b"siege", 0, 0, 0)
libc.sethostname(b"siege", 5)
try:
    shared.seek(address)
    shared.write(MARK)
except OSError as error:
    print(error)
for line in open("/proc/self/maps"):
    span, rights, *_ = line.split()
    if rights == "rw-s":
        won(f"shares writable memory: {line.split()[-1]}")
for number in range(3):
    try:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(f"\0siege{number}")
    except OSError as error:
        last = error
print("left marks", last)
