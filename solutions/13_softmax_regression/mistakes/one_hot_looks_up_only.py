"""A label is too large if it is C or more. (And too small?)"""

TRIPS = ["one_hot.out_of_range_raises"]

import torch


def one_hot(y, C):
    if bool((y >= C).any()):
        raise ValueError("no such class")
    return torch.eye(C)[y]
