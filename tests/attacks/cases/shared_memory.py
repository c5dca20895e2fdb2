"""Puts tensors into shared memory by both strategies, and looks for what other sandboxes put there.

catalogue: [D64, E77, H113]
outcome: [failed, memory, crash]
prints: shared by file_system
"""

import mmap
import os
from multiprocessing import shared_memory

import torch.multiprocessing as tmp

found = [f"/dev/shm/{name}" for name in os.listdir("/dev/shm")]
for strategy in ("file_descriptor", "file_system"):
    tmp.set_sharing_strategy(strategy)
    try:
        left = torch.full((1000,), 7.0).share_memory_()
        print("shared by", strategy, left.is_shared())
        if strategy == "file_system":
            left.untyped_storage()._share_filename_cpu_()
    except Exception as error:
        print("shared by", strategy, type(error).__name__, error)
try:
    shared_memory.SharedMemory("attacks-were-here", create=True, size=4096).buf[:4] = b"left"
except Exception as error:
    print(type(error).__name__, error)
if found:
    won(f"found {found[:3]}")
for path in ("/dev/shm", "/tmp", "/box"):
    if any(name.startswith(("torch_", "attacks-", "psm_", "pymp-")) for name in os.listdir(path)) and found:
        won(f"{path} is shared")
mmap.mmap(-1, 4096, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS).write(b"left")
