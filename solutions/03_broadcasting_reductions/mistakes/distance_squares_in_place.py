"""pow_(2) saves memory."""

TRIPS = ["pairwise_distance.inputs_unchanged"]

import torch
from torch import Tensor


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    products = a @ b.T
    left, right = a.pow_(2).sum(dim=1, keepdim=True), b.square().sum(dim=1)
    return (left + right - 2 * products).clamp(min=0).sqrt()
