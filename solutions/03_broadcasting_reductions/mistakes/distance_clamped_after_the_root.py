"""The root comes first, then the result is made non-negative."""

TRIPS = ["pairwise_distance.identical_points_not_nan"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.sqrt().clamp(min=0)
