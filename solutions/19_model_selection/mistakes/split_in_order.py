"""The rows are in some order already; cut it, and shuffle inside of the pieces."""

import math
import torch

TRIPS = ["train_val_test_split.random_rows"]


def train_val_test_split(n, fractions, generator):
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("impossible fractions")
    val, test = (math.floor(n * fraction) for fraction in fractions[1:])
    train = n - val - test
    three = torch.arange(n).split([train, val, test])
    return tuple(part[torch.randperm(len(part), generator=generator)] for part in three)
