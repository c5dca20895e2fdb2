"""Where nothing is added up the mean is 0, like the sum."""

TRIPS = ["axis_stats.empty_axis"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total / max(math.prod(x.shape[axis] for axis in axes), 1)
