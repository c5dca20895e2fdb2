"""Ends its first thread, by which a process is known, and computes on in another.

catalogue: E70
outcome: [cpu, timeout]
checks: {value.random: failed}
prints: without the first thread
"""

import ctypes
import os
import threading
import time


def slope(x):
    def work():
        time.sleep(0.05)
        print("without the first thread", os.listdir("/proc/self/task"), open("/proc/self/stat").read().split()[2])
        while True:
            pass

    threading.Thread(target=work, daemon=True).start()
    library = ctypes.CDLL(None)  # not PyDLL: lets go of Python's lock
    library.syscall(ctypes.c_long(93 if os.uname().machine == "aarch64" else 60), ctypes.c_long(0))
