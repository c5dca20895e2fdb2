"""Raises its limits and its place in every queue, locks memory, spares itself from the killer of processes.

catalogue: [E79, E88]
outcome: failed
needs: [pid, user]
prints: tried
"""

import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
    kind = getattr(resource, name)
    soft, hard = resource.getrlimit(kind)
    for setting in (lambda to: resource.setrlimit(kind, to), lambda to: resource.prlimit(os.getpid(), kind, to)):
        for more in (hard + 1, hard * 2 + 4096, resource.RLIM_INFINITY):
            try:
                setting((soft, more))
            except (OSError, ValueError, OverflowError):
                continue
            if hard not in (more, resource.RLIM_INFINITY):
                won(f"raised {name} from {hard}")
for pid in (os.getppid() or 2, WHERE["pid"]):
    try:
        resource.prlimit(pid, resource.RLIMIT_NOFILE)
        won(f"read the limits of {pid}")
    except OSError as error:
        last = error
deeds = {
    "nice": lambda: os.nice(-5),
    "nicer": lambda: os.nice(5),
    "setpriority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    "of a group": lambda: os.setpriority(os.PRIO_PGRP, 0, 19),
    "of a user": lambda: os.setpriority(os.PRIO_USER, 0, 19),
    "scheduler": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "affinity": lambda: os.sched_setaffinity(0, {0}),
}
for what, deed in deeds.items():
    try:
        deed()
        won(what)
    except OSError as error:
        last = error
page = ctypes.create_string_buffer(1 << 16)
priority = libc.syscall(ctypes.c_long(30 if os.uname().machine == "aarch64" else 251), *map(ctypes.c_long, (1, 0, 0x2000)))
for what, answer in {"mlock": libc.mlock(page, 1 << 16), "mlockall": libc.mlockall(3), "ioprio": priority}.items():
    if answer == 0:
        won(what)
try:
    open("/proc/self/oom_score_adj", "wb", 0).write(b"-1000")
    won("is spared")
except OSError as error:
    last = error
print("tried", last)
