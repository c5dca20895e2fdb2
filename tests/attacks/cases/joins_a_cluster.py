"""Starts distributed training and a store over the network.

catalogue: [D61, D65]
outcome: failed
prints: no cluster
"""

import datetime
import os

import torch.distributed as dist

soon = datetime.timedelta(seconds=0.2)
os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(WHERE["tcp"]), "RANK": "0", "WORLD_SIZE": "2"}
for way, act in {
    "tcp": lambda: dist.TCPStore("127.0.0.1", WHERE["tcp"], 2, False, soon, wait_for_workers=False),
    "listening": lambda: dist.TCPStore("127.0.0.1", 0, 1, True, soon),
    "gloo": lambda: dist.init_process_group("gloo", timeout=soon, init_method="env://"),
    "device": lambda: dist.ProcessGroupGloo.create_device(hostname="127.0.0.1"),
}.items():
    try:
        act()
        won(f"a cluster by {way}")
    except Exception as error:
        print("no cluster", way, type(error).__name__, str(error)[:200])
