"""Three shares, each rounded down: the sizes are right, whatever is left over."""

import math
import torch

TRIPS = ["train_val_test_split.partition", "train_val_test_split.example"]


def train_val_test_split(n, fractions, generator):
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("impossible fractions")
    train, val, test = (math.floor(n * fraction) for fraction in fractions)
    order = torch.randperm(n, generator=generator)
    return order[:train], order[train : train + val], order[train + val : train + val + test]
