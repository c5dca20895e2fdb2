"""There are as many points in b as in a, so the row of |b|² has len(a) entries."""

TRIPS = ["pairwise_distance.rectangular", "pairwise_distance.example"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    products = a @ b.T
    squares = (a * a).sum(dim=1).reshape(-1, 1) + (b * b).sum(dim=1).reshape(1, len(a)) - 2 * products
    return squares.clamp(min=0).sqrt()
