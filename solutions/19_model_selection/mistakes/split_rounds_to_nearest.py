"""Rounding is rounding: to the nearest number, for validation and test."""

import torch

TRIPS = ["train_val_test_split.sizes", "train_val_test_split.small_n"]


def train_val_test_split(n, fractions, generator):
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("impossible fractions")
    val, test = (round(n * fraction) for fraction in fractions[1:])
    order = torch.randperm(n, generator=generator)
    return order[val + test :], order[:val], order[val : val + test]
