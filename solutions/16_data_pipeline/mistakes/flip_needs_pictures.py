"""A batch holds at least one picture."""

import torch

TRIPS = ["random_hflip.empty"]


def random_hflip(x, p, generator=None):
    if not 0 <= p <= 1:
        raise ValueError("p")
    flipped = torch.rand(len(x), generator=generator, dtype=torch.float64) < p
    return torch.stack([img.flip(-1) if flip else img.clone() for img, flip in zip(x, flipped)])
