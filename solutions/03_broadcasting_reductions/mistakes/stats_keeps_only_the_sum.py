"""keepdim is for the sum; the mean is a result of its own."""

TRIPS = ["axis_stats.keepdim_shape"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = dim if isinstance(dim, tuple) else (dim,)
    count = math.prod(x.shape[axis] for axis in axes)
    return x.sum(dim, keepdim=keepdim), x.sum(dim) / count
