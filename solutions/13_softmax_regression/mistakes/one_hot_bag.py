"""One row for the whole batch that says which classes occur."""

TRIPS = ["one_hot.value", "one_hot.example"]

import torch


def one_hot(y, C):
    if bool(((y < 0) | (y >= C)).any()):
        raise ValueError("no such class")
    return torch.zeros(1, C).index_fill(1, y, 1.0)
