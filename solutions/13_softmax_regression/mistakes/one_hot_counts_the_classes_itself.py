"""The largest label says how many classes there are."""

TRIPS = ["one_hot.C_larger_than_max", "one_hot.example"]

import torch


def one_hot(y, C):
    if bool(((y < 0) | (y >= C)).any()):
        raise ValueError("no such class")
    return (y.unsqueeze(1) == torch.arange(int(y.max()) + 1 if len(y) else C)).float()
