"""keepdim is only about the looks of the result."""

TRIPS = ["axis_stats.keepdim_shape"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total / math.prod(x.shape[axis] for axis in axes)
