"""Registers everything that runs at the end, to compute on when it is told to go.

catalogue: [A12, E74]
outcome: failed
prints: registered
"""

import atexit
import ctypes
import signal
import sys
import threading
import weakref


def stay(*_):
    while True:
        pass


class Stubborn:
    __del__ = stay


kept = Stubborn()
HOOK = ctypes.CFUNCTYPE(None)(stay)
atexit.register(stay)
weakref.finalize(kept, stay)
threading._register_atexit(stay)
ctypes.CDLL(None).on_exit(HOOK, None)
sys.exitfunc = sys.excepthook = sys.unraisablehook = threading.excepthook = stay
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGXCPU, signal.SIGINT):
    signal.signal(number, stay)
threading.Thread(target=threading.Event().wait).start()
print("registered")
