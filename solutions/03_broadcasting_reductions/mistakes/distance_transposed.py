"""The distance from a to b is the distance from b to a, so the order of rows and columns does not matter."""

TRIPS = ["pairwise_distance.rectangular", "pairwise_distance.example"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = (b * b).sum(dim=1, keepdim=True) + (a * a).sum(dim=1) - 2 * b @ a.T
    return squares.clamp(min=0).sqrt()
