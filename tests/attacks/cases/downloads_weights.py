"""Fetches a trained model from the network: hub, urllib, http, a dataset, the metadata service, a name server.

catalogue: [D61, H116]
outcome: failed
prints: no download
"""

import http.client
import socket
import urllib.request

socket.setdefaulttimeout(0.3)
for name, act in {
    "hub": lambda: torch.hub.load_state_dict_from_url(f"http://127.0.0.1:{WHERE['tcp']}/model.pt"),
    "urllib": lambda: urllib.request.urlopen(f"http://localhost:{WHERE['tcp']}"),
    "metadata": lambda: http.client.HTTPConnection("169.254.169.254", timeout=0.3).request("GET", "/latest/meta-data"),
    "name": lambda: socket.getaddrinfo("example.org", 80),
    "file": lambda: urllib.request.urlopen(f"file://{WHERE['readable']}").read(),
    "ipv6": lambda: socket.create_connection(("::1", WHERE["tcp"])),
}.items():
    try:
        act()
        won(f"downloaded by {name}")
    except Exception as error:
        print("no download", name, type(error).__name__, str(error)[:100])
