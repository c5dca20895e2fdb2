"""Asks the name service, the cloud's metadata address and a few ports behind which helpful services listen.

catalogue: D61
outcome: failed
needs: [net, seccomp]
prints: tried
"""

import socket
import urllib.request

for name in ("localhost", "example.org", "metadata.google.internal"):
    try:
        won(f"{name} is {socket.getaddrinfo(name, 80)}")
    except OSError as error:
        print(error)
for address in ("169.254.169.254", "[fd00:ec2::254]", "127.0.0.1:2375", "[::1]:8080", "127.0.0.1:" + str(WHERE["tcp"])):
    try:
        won(urllib.request.urlopen(f"http://{address}/", timeout=1).read(20))
    except OSError as error:
        print(error)
for server in ("127.0.0.53", "8.8.8.8"):
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\3org\0\0\1\0\1", (server, 53))
        won("sent a question about a name")
    except OSError as error:
        print(error)
print("tried")
