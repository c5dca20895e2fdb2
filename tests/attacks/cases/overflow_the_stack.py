"""Overflows the stack: by nesting, by the parser, by comparison, and that of a thread with hardly any.

catalogue: E85
outcome: crash
checks: {value.random: crash, twice.value: crash, noise.reproducible: crash}
needs: limits
prints: deeper
"""

import sys
import threading

print("deeper and deeper", flush=True)


def nested():
    sys.setrecursionlimit(2**31 - 1)
    nest = ()
    for _ in range(500_000):
        nest = (nest,)
    return nest


def value(x, k):
    return hash(nested())


def slope(x):
    return nested()  # for whoever encodes it


def fit(x, y, unseen):
    return eval("-" * 1_000_000 + "1")


def twice(f, x):
    class Equal:
        def __eq__(self, other):
            return [self] == [other]

    sys.setrecursionlimit(2**31 - 1)
    return Equal() == Equal()


def noise(n, generator):
    threading.stack_size(32768)
    thread = threading.Thread(target=value, args=(1, 2))
    thread.start()
    thread.join()
