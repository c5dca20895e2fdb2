"""Half of the pictures means exactly half of them."""

import torch

TRIPS = ["random_hflip.one_by_one"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.randperm(len(x), generator=generator) < round(p * len(x))
    return torch.where(flipped[:, None, None, None], x.flip(-1), x)
