"""The definition speaks of i and j, so there are two loops."""

TRIPS = ["pairwise_distance.vectorised_opcount"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    out = a.new_zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = (a[i] - b[j]).square().sum().sqrt()
    return out
