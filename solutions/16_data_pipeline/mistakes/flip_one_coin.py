"""A batch is flipped, or it is not."""

import torch

TRIPS = ["random_hflip.one_by_one"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.rand(1, generator=generator, dtype=torch.float64) < p
    return torch.where(flipped[:, None, None, None], x.flip(-1), x)
