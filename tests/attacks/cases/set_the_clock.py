"""Sets the clocks, slows them down, moves into a time of its own, and computes for ever while its own clocks stand still.

catalogue: [E88, A20]
outcome: [cpu, timeout]
checks: {value.random: failed}
needs: [capabilities, user]
prints: tried
"""

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
now = (ctypes.c_long * 2)(int(time.time()), 0)
slower = (ctypes.c_long * 32)(0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9900)  # ADJ_TICK
deeds = {
    "clock_settime": libc.clock_settime(0, now),
    "settimeofday": libc.settimeofday(now, None),
    "adjtimex": libc.adjtimex(slower),
    "timens": libc.unshare(0x80),
    "timer_create": libc.syscall(ctypes.c_long(107 if ARM else 222), ctypes.c_long(1), None, ctypes.create_string_buffer(8)),
}
for what, answer in deeds.items():
    if answer >= 0:
        won(what)
try:
    open("/proc/self/timens_offsets", "wb", 0).write(b"monotonic 1000 0")
    won("moved its clock")
except OSError as error:
    print(error)
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime", "monotonic_ns"):
    setattr(time, name, lambda *which: 0)
print("tried")


def slope(x):
    begun = time.process_time()
    while time.process_time() - begun < 1:
        pass
