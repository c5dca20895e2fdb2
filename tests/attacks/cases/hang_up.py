"""Closes or blocks the channel to the grader, and lives on.

catalogue: own
outcome: crash
checks: {value.random: crash, slope.gradient: crash, noise.reproducible: failed}
prints: hangs up
"""

import os
import socket
import time

channel = next(fd for fd in range(3, 256) if "socket" in os.path.realpath(f"/proc/self/fd/{fd}"))


def value(x, k):
    print("hangs up")
    socket.socket(fileno=os.dup(channel)).shutdown(socket.SHUT_RDWR)
    time.sleep(60)


def slope(x):
    socket.socket(fileno=os.dup(channel)).shutdown(socket.SHUT_RD)
    return x
