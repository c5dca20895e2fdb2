"""Distances are float32."""

TRIPS = ["pairwise_distance.value"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    a, b = a.float(), b.float()
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.clamp(min=0).sqrt()
