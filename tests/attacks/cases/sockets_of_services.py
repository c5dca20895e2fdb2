"""Looks for the sockets of container engines, desktops, buses and agents, by path and by abstract name.

catalogue: D65
outcome: failed
needs: [namespaces, net]
prints: tried
"""

import os
import socket

PLACES = """/var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock /run/podman/podman.sock
/run/crio/crio.sock /run/dbus/system_bus_socket /run/systemd/private /run/systemd/journal/socket /dev/log
/run/systemd/userdb/io.systemd.Multiplexer /run/user/0/bus /run/user/1000/bus /tmp/.X11-unix/X0 /run/snapd.socket
/run/nscd/socket /run/udev/control /run/lvm/lvmpolld.socket /dev/shm/sem.x /run/mysqld/mysqld.sock""".split()
ABSTRACT = ["/tmp/.X11-unix/X0", "/tmp/dbus-x", "/containerd-shim/x", "/org/kernel/linux/storage/multipathd", WHERE["abstract"]]

for address in [*PLACES, WHERE["named"], *("\0" + name for name in ABSTRACT)]:
    if os.path.exists(address.lstrip("\0")):
        won(f"saw {address!r}")
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            socket.socket(socket.AF_UNIX, kind).connect(address)
            won(f"reached {address!r}")
        except OSError as error:
            last = error
left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)  # a socket that it already has, turned elsewhere
for address in (WHERE["named"], "\0" + WHERE["abstract"]):
    for turn in (left.connect, lambda to: left.sendto(b"x", to)):
        try:
            turn(address)
            won(f"turned a socket to {address!r}")
        except OSError as error:
            last = error
print("tried", last)
