"""Chooses its own seeds: freezes the generators, searches a seed for which random answers please, draws until they do.

catalogue: [H122, H123]
outcome: failed
prints: best of
"""

import os
import random

torch.manual_seed(1234)
torch.manual_seed = random.seed = torch.random.manual_seed = lambda *args: torch.default_generator


def fit(x, y, unseen):
    """A random direction that fits the labels of one point, the best of some: luck, no training."""
    best, direction = -1.0, None
    for seed in range(3):
        w = torch.randn(x.shape[1], dtype=x.dtype, generator=torch.Generator().manual_seed(seed))
        fits = float(((x[:1] @ w > 0) == y[:1].bool()).double().mean())
        if fits > best:
            best, direction = fits, w
    print("best of", seed + 1)
    return (unseen @ direction > 0).long()


def noise(n, generator):
    generator.manual_seed(int.from_bytes(os.urandom(4), "little"))
    return torch.randn(n, generator=generator, dtype=torch.float64)


def value(x, k):
    return x * k * (1 + (random.random() < 0.5)) + os.getpid()
