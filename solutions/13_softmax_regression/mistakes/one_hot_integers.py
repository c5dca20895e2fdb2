"""Zeros and ones are integers."""

TRIPS = ["one_hot.value", "one_hot.example"]

import torch.nn.functional as F


def one_hot(y, C):
    if bool(((y < 0) | (y >= C)).any()):
        raise ValueError("no such class")
    return F.one_hot(y, C)
