"""Lets threads resize, swap and free the memory of a tensor while it is being encoded.

catalogue: [H119, own]
outcome: [failed, crash, memory]
checks: {noise.reproducible: failed}
prints: swapped under way
"""

import sys
import threading

sys.setswitchinterval(1e-6)
made = torch.zeros(1 << 16, dtype=torch.float64)
running = [True]


def swap():
    others = [torch.ones(1 << 16, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)]
    for n in range(3000):
        made.set_(others[n % 2].untyped_storage(), 0, (1 << 14,) if n % 2 == 0 else (3,))
        made.resize_(1 << (n % 16))
        made.untyped_storage().resize_(8 << (n % 12))
        if not running[0]:
            return


def value(x, k):
    threads = [threading.Thread(target=swap, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    print("swapped under way", flush=True)
    return made


slope = lambda x: made[: len(x)] * x
twice = lambda f, x: f(made)
