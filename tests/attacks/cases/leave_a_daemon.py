"""Forks twice, leaves its session, becomes nobody's child, and waits to rewrite what comes after it.

catalogue: [E74, E75]
outcome: failed
needs: [limits, pid]
prints: tried
"""

import ctypes
import os
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"


def daemon():
    if threading.current_thread() is threading.main_thread():
        os.setsid()
    for _ in range(600):
        time.sleep(0.1)
        for place in ("/box", "/tmp", "/dev/shm", WHERE["open"], WHERE["reports"]):
            try:
                open(f"{place}/rewritten", "w").write("by a daemon")
            except OSError:
                pass


def clone(flags):
    return libc.syscall(ctypes.c_long(220 if ARM else 56), ctypes.c_long(flags), None, None, None, None)


def ways():
    yield os.fork
    if not ARM:
        yield lambda: libc.syscall(ctypes.c_long(57))
    # SIGCHLD, CLONE_PARENT, CLONE_UNTRACED, CLONE_PIDFD; CLONE_VM with CLONE_VFORK would stop us if it worked
    for flags in (17, 17 | 0x8000, 17 | 0x800000, 0x8000, 0):
        yield lambda flags=flags: clone(flags)


def attempt():
    for way in ways():
        try:
            made = way()
        except OSError as error:
            print(error)
            continue
        if made == 0:
            daemon()
            os._exit(0)
        if made > 0:
            won("has a child")
        print(os.strerror(ctypes.get_errno()))


attempt()
thread = threading.Thread(target=attempt)
thread.start()
thread.join()
threading.Thread(target=daemon).start()  # which is no daemon to Python: it would wait for it
print("tried")
