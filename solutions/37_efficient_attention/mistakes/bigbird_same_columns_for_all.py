"""The same columns are drawn for all rows."""

TRIPS = ["patterns.bigbird_even"]

import math

import torch


def bigbird_mask(n, w, g, r, generator):
    place = torch.arange(n)
    mask = (place[:, None] - place).abs() <= w
    mask[:g], mask[:, :g] = (True, True)
    lots = torch.rand(1, n, generator=generator).expand(n, n).masked_fill(mask, 2.0)
    rank = lots.argsort(dim=1).argsort(dim=1)
    return mask | (rank < r)
