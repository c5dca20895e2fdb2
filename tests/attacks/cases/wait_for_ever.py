"""Waits for what never comes: a signal, bytes from its own pipe, a lock that it holds itself.

catalogue: E71
outcome: timeout
checks: {value.random: failed, slope.gradient: timeout, noise.reproducible: failed}
prints: waits
"""

import os
import select
import signal
import threading

reading, writing = os.pipe()


def slope(x):
    print("waits")
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)  # wakes up, and goes on waiting
    signal.signal(signal.SIGALRM, lambda *_: None)
    while True:
        select.select([reading], [], [], 3600)
        os.read(reading, 1)
        lock = threading.Lock()
        lock.acquire(timeout=1) and lock.acquire()
