"""A flip exchanges the rows."""

import torch

TRIPS = ["random_hflip.each_is_x_or_flip", "random_hflip.example"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.rand(len(x), generator=generator, dtype=torch.float64) < p
    return torch.where(flipped[:, None, None, None], x.flip(-2), x)
