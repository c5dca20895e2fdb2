"""A distance to a single point is a vector, so sizes of 1 are removed."""

TRIPS = ["pairwise_distance.rectangular"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.clamp(min=0).sqrt().squeeze()
