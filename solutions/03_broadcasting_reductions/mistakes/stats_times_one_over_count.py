"""Multiplying by 1 / count is the same as dividing. (Python refuses 1 / 0.)"""

TRIPS = ["axis_stats.empty_axis"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total * (1 / math.prod(x.shape[axis] for axis in axes))
