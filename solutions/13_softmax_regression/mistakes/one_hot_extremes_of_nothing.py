"""min and max tell whether all labels are in range. (Nothing has no min and no max.)"""

TRIPS = ["one_hot.empty"]

import torch


def one_hot(y, C):
    if y.min() < 0 or y.max() >= C:
        raise ValueError("no such class")
    return torch.eye(C)[y]
