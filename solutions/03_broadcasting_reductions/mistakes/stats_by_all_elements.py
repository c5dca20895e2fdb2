"""The mean divides by the number of elements."""

TRIPS = ["axis_stats.sum_mean", "axis_stats.example"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    return total, total / x.numel()
