"""F.softmax is a building block like any other."""

TRIPS = ["softmax.no_builtin"]

import torch.nn.functional as F


def softmax(x, dim=-1):
    return F.softmax(x, dim=dim)
