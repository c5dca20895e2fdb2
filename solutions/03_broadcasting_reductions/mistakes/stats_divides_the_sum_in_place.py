"""total.div_(n) gives the mean and leaves the sum alone."""

TRIPS = ["axis_stats.sum_mean", "axis_stats.example"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total.div_(math.prod(x.shape[axis] for axis in axes))
