"""A label that is no class gets a row of zeros."""

TRIPS = ["one_hot.out_of_range_raises"]

import torch


def one_hot(y, C):
    return (y.unsqueeze(1) == torch.arange(C)).float()
