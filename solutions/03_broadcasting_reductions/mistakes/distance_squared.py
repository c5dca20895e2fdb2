"""The squared distance orders points in the same way, so the root can be left out."""

TRIPS = ["pairwise_distance.value", "pairwise_distance.example"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.clamp(min=0)
