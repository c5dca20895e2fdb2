"""Calls its own process by bytes that are no text, for whoever reads its status as text.

catalogue: own
outcome: crash
prints: named
checks: {value.random: crash}
"""

import ctypes
import os

ctypes.CDLL(None).prctl(15, b"\xff\xfe\nVmHWM:\t1", 0, 0, 0)  # PR_SET_NAME
print("named", ascii(open("/proc/self/comm", "rb").read()))


def value(x, k):
    os._exit(1)
