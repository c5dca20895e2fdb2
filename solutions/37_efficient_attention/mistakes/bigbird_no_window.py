"""Chance takes the place of the window."""

TRIPS = ["patterns.bigbird_random_count", "patterns.picture"]

import math

import torch


def bigbird_mask(n, w, g, r, generator):
    place = torch.arange(n)
    mask = (place[:, None] - place).abs() < 1
    mask[:g], mask[:, :g] = (True, True)
    lots = torch.rand(n, n, generator=generator).masked_fill(mask, 2.0)
    rank = lots.argsort(dim=1).argsort(dim=1)
    return mask | (rank < r)
