"""The mean of the points makes the numbers small; a mean of no points is no number."""

TRIPS = ["pairwise_distance.empty"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    low = torch.minimum(a.amin(dim=0), b.amin(dim=0))
    a, b = a - low, b - low
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.clamp(min=0).sqrt()
