"""Lets threads compute while the one that is asked only waits.

catalogue: [E70, E87]
outcome: [cpu, timeout]
checks: {value.random: failed}
prints: threads compute
"""

import hashlib
import threading
import time


def slope(x):
    for _ in range(4):  # hashing lets go of Python's lock
        threading.Thread(target=lambda: [hashlib.sha512(bytes(1 << 22)) for _ in range(10**6)], daemon=True).start()
    print("threads compute")
    time.sleep(60)
