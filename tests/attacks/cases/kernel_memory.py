"""Holds memory that no address space counts: buffers of sockets in flight, of open sockets and of pipes.

catalogue: E77
outcome: failed
needs: limits
prints: MiB in buffers
"""

import array
import fcntl
import os
import socket

held, block = 0, bytes(1 << 17)


def fill(write, file):
    """All that the kernel takes."""
    global held
    size = len(block)
    while size > 1024:
        try:
            held += write(file, block[:size])
        except BlockingIOError:
            size >>= 2


def sockets():
    pair = socket.socketpair()
    for end in pair:
        end.setblocking(False)
        try:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
        except OSError:
            pass
        fill(socket.socket.send, end)
    return [end.detach() for end in pair]


def sockets_in_flight():
    """One that is on its way needs no descriptor."""
    carrier, far = socket.socketpair()
    carrier.setblocking(False)
    kept.append((carrier, far))
    for _ in range(16):
        both = sockets()
        try:
            carrier.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", both))])
        finally:
            for fd in both:
                os.close(fd)


def pipes():
    end = os.pipe()[1]
    os.set_blocking(end, False)
    try:
        fcntl.fcntl(end, 1031, 1 << 20)  # F_SETPIPE_SZ
    except OSError:
        pass
    fill(os.write, end)


kept = []
for way, times in ((sockets_in_flight, 40), (sockets, 60), (pipes, 200)):
    try:
        for _ in range(times):
            way()
            if held > 200 << 20:
                break
    except (OSError, MemoryError) as error:
        print(way.__name__, error)
    print(way.__name__, held >> 20)
print(held >> 20, "MiB in buffers")
if held > 200 << 20:
    won("held more than its limit beside its memory")
