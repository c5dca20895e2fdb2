"""The axes that are added up are those whose number is in dim. (-1 is the number of none.)"""

TRIPS = ["axis_stats.negative_dim"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = dim if isinstance(dim, tuple) else (dim,)
    total = x.sum(dim, keepdim=keepdim)
    return total, total / math.prod(size for axis, size in enumerate(x.shape) if axis in axes)
