"""Starting at a random place of the circle is random enough."""

import math
import torch

TRIPS = ["train_val_test_split.random_rows"]


def train_val_test_split(n, fractions, generator):
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("impossible fractions")
    val, test = (math.floor(n * fraction) for fraction in fractions[1:])
    order = torch.arange(n).roll(int(torch.randint(max(n, 1), (), generator=generator)))
    return order[val + test :], order[:val], order[val : val + test]
