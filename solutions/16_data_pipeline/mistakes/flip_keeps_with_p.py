"""p is the probability to stay as it is."""

import torch

TRIPS = ["random_hflip.rate_p03", "random_hflip.p0_p1", "random_hflip.example"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.rand(len(x), generator=generator, dtype=torch.float64) >= p
    return torch.where(flipped[:, None, None, None], x.flip(-1), x)
