"""Kills, stops and interrupts itself with every signal there is, and aborts.

catalogue: [A11, E85]
outcome: [crash, timeout]
checks: {slope.gradient: crash}
prints: signals later
"""

import ctypes
import os
import signal


def value(x, k):
    for number in [n for n in signal.valid_signals() if n not in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS)]:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [number])
        try:
            os.kill(os.getpid(), number)
        except BaseException as handled:
            print(repr(handled))
    print(len(signal.valid_signals()), "signals later")
    return x


def slope(x):
    ctypes.CDLL(None).abort()


def fit(*args):
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    ctypes.string_at(0)
