"""Brings a library in machine code, as a file that is loaded, and asks the real ones to load it for it.

catalogue: [F97, H120]
outcome: failed
needs: disk
prints: tried
"""

import ctypes
import os
import shutil

import torch

loaded = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
source = min(loaded, key=os.path.getsize)
for place in filter(lambda place: os.access(place, os.W_OK), ("/box", "/tmp", "/dev/shm", "/private/box")):
    path = shutil.copyfile(source, f"{place}/own.so")
    os.chmod(path, 0o755)
    for way in (
        ctypes.CDLL,
        torch.ops.load_library,
        lambda path: ctypes.CDLL(None).dlopen(path.encode(), 2) or open("/none"),
        lambda path: ctypes.CDLL(f"/proc/self/fd/{os.open(path, os.O_RDONLY)}"),
    ):
        try:
            way(path)
            won(f"loaded {path}")
        except (OSError, RuntimeError) as error:
            last = error
try:
    from torch.utils import cpp_extension

    cpp_extension.load_inline("own", "int f() { return 1; }", functions=["f"])
    won("compiled")
except Exception as error:
    print(type(error).__name__, str(error)[:100])
print("tried", str(last)[:100])
