"""One column for each example."""

TRIPS = ["one_hot.value", "one_hot.example"]

import torch


def one_hot(y, C):
    if bool(((y < 0) | (y >= C)).any()):
        raise ValueError("no such class")
    return torch.eye(C)[y].t()
