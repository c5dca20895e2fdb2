"""Connects to a port of the machine it runs on.

catalogue: D61
outcome: failed
prints: Errno
"""

import socket

for family, address in (
    (socket.AF_INET, ("127.0.0.1", WHERE["tcp"])),
    (socket.AF_UNIX, WHERE["named"]),
    (socket.AF_UNIX, "\0" + WHERE["abstract"]),
):
    try:
        socket.socket(family).connect(address)
        won(f"connected to {address}")
    except OSError as error:
        print(error)
try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", WHERE["udp"]))
    won("sent a datagram")
except OSError as error:
    print(error)
