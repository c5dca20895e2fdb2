"""Keeps the check's function and calls it in later checks, from threads, and after the check has ended.

catalogue: [A15, own]
outcome: [failed, crash, cpu, timeout]
checks: {twice.value: failed}
prints: kept the callback
"""

import threading
import time

kept = []


def later():
    while True:
        for f in kept[:]:
            try:
                result = f(torch.zeros(4, dtype=torch.float64))
                if finished[0]:
                    won(f"a callback answered after its check: {result}")
            except Exception as error:
                print("no answer:", str(error)[:70])
        time.sleep(0.01)


finished = [False]


def twice(f, x):
    kept.append(f)
    print("kept the callback")
    return f(x)


def noise(n, generator):
    finished[0] = True
    if kept:
        try:
            won(f"called it in the next check: {kept[0](torch.zeros(4, dtype=torch.float64))}")
        except Exception as error:
            print("no answer:", error)
        threading.Thread(target=later, daemon=True).start()
        time.sleep(0.05)
    return torch.zeros(n, dtype=torch.float64)
