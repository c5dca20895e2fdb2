"""Writes into read-only pages through /proc/self/mem, and tries the same with its neighbours' memory.

catalogue: [A17, D67]
outcome: [failed, crash]
prints: read-only text is now
"""

import ctypes
import os


def value(x, k):
    text = b"read-only"
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(id(text) + bytes.__basicsize__ - 1)
        memory.write(b"rewritten")
    print("read-only text is now", text)
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in {os.getppid(), WHERE["pid"], 1, 2, 3} - {os.getpid()}:
        try:
            open(f"/proc/{pid}/mem", "r+b", buffering=0).close()
            won(f"memory of process {pid}")
        except OSError as error:
            print(error.strerror)
        if libc.syscall(310, pid, 0, 0, 0, 0, 0) >= 0 or libc.syscall(101, 0x4206, pid, 0, 0) >= 0:
            won(f"process_vm_readv or PTRACE_SEIZE of process {pid}")
    return text
