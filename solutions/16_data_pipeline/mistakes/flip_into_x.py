"""x is a batch that was made for this step."""

import torch

TRIPS = ["random_hflip.input_unchanged"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.rand(len(x), generator=generator, dtype=torch.float64) < p
    x[flipped] = x[flipped].flip(-1)
    return x
