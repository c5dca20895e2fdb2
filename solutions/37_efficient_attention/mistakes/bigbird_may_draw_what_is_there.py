"""r columns are drawn from all."""

TRIPS = ["patterns.bigbird_random_count"]

import math

import torch


def bigbird_mask(n, w, g, r, generator):
    place = torch.arange(n)
    mask = (place[:, None] - place).abs() <= w
    mask[:g], mask[:, :g] = (True, True)
    lots = torch.rand(n, n, generator=generator)
    rank = lots.argsort(dim=1).argsort(dim=1)
    return mask | (rank < r)
