"""Asks for a socket of every family and type that a kernel may have, raw ones, and those that know no namespace.

catalogue: [D61, F101]
outcome: failed
needs: seccomp
prints: tried
"""

import os
import socket

seen = set()
for family in range(48):
    for kind in (1, 2, 3, 4, 5, 6, 10):
        for protocol in {16: range(24), 2: (0, 1, 6, 17, 58, 132, 255), 10: (0, 58)}.get(family, (0, 3, 768)):
            try:
                made = socket.socket(family, kind, protocol)
            except OSError as error:
                seen.add(error.strerror)
            else:
                won(f"a socket of family {family}, type {kind}")
                made.close()
        if family != socket.AF_UNIX:
            try:
                socket.socketpair(family, kind)
                won(f"a pair of family {family}")
            except OSError as error:
                seen.add(error.strerror)
print("tried", sorted(seen), os.path.exists("/dev/vsock"))
