"""Mistreats the channel from inside a call: closes it, covers it with a file, shuts it, starves it, sends descriptors over.

catalogue: [C41, C48]
outcome: [crash, failed, timeout]
checks: {noise.reproducible: failed}
prints: socket way 4
"""

import array
import gc
import os
import socket
import time

sock = next(thing for thing in gc.get_objects() if type(thing) is socket.socket and thing.fileno() >= 0)


def way(number):
    print("socket way", number, flush=True)
    return torch.zeros(3)


def value(x, k):
    if len(x) == 3:
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            try:
                sock.setsockopt(socket.SOL_SOCKET, option, 1)
            except OSError as error:
                print(error)
        sock.setblocking(False)
        return way(4)
    for _ in range(200):  # in flight: they belong to nobody until they are received
        try:
            sock.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sock.fileno()] * 200))])
        except OSError as error:
            print(error)
            break
    sock.sendmsg([b"A"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1, 2, sock.fileno()]))])
    return way(1)


def slope(x):
    sock.shutdown(socket.SHUT_WR)
    time.sleep(0.1)
    return way(2)


def fit(*args):
    os.dup2(os.open("/dev/zero", os.O_RDWR), sock.fileno())
    return way(3)


def twice(f, x):
    f(x)
    os.close(sock.fileno())
    return way(5)


class Layer(nn.Module):
    def __init__(self, *sizes):
        sock.settimeout(0)
        sock.recv(1 << 20) if False else os.set_blocking(sock.fileno(), False)
        super().__init__()
        way(6)
