"""|a - b|² is |a|² + |b|² - ab."""

TRIPS = ["pairwise_distance.value", "pairwise_distance.example"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - a @ b.T
    return squares.clamp(min=0).sqrt()
