"""Asks PyTorch, OpenMP and Python for a thousand threads each, to take the machine's cores from its neighbours.

catalogue: [E87, E73, E77]
outcome: [failed, crash, processes, memory, cpu, timeout]
checks: {noise.reproducible: failed}
prints: threads asked for
"""

import threading
import time


def value(x, k):
    print("threads asked for", flush=True)
    torch.set_num_threads(1000)
    big = torch.ones(1 << 18)
    for _ in range(20):
        big = big.sin()
    return x


def slope(x):
    def spin():
        while not stop:
            time.sleep(0.001)

    stop = []
    try:
        for _ in range(1000):
            threading.Thread(target=spin, daemon=True).start()
        won("a thousand threads")
    finally:
        print(threading.active_count(), "threads")
        stop.append(True)
