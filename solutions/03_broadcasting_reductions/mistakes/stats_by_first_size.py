"""The number of rows is how many there are, whatever the axis."""

TRIPS = ["axis_stats.sum_mean"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    return total, total / len(x)
