"""Indexing complains by itself about labels that do not exist. (With another error, and not about -1.)"""

TRIPS = ["one_hot.out_of_range_raises"]

import torch


def one_hot(y, C):
    return torch.eye(C)[y]
