"""Whoever calls knows what fractions are."""

import math
import torch

TRIPS = ["train_val_test_split.bad_fractions_raise"]


def train_val_test_split(n, fractions, generator):
    val, test = (math.floor(n * fraction) for fraction in fractions[1:])
    order = torch.randperm(n, generator=generator)
    return order[val + test :], order[:val], order[val : val + test]
