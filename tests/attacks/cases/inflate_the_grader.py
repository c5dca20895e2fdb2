"""Returns little that is to become much: expanded tensors, repeated views, long lists of one object, deep towers.

catalogue: E77
outcome: memory
checks: {value.random: memory, noise.reproducible: message}
needs: limits
prints: returns
"""

import torch

print("returns")


def value(x, k):
    return torch.zeros(1, dtype=x.dtype).expand(1 << 40)


def slope(x):
    return torch.zeros((), dtype=x.dtype).as_strided((1 << 14, 1 << 14), (0, 0))


def fit(x, y, unseen):
    tower = "0"
    for _ in range(21):
        tower = [tower, tower]
    return tower


def twice(f, x):
    return f(["abc" * 1000] * 20_000)


def noise(n, generator):
    return 1 << (1 << 24)
