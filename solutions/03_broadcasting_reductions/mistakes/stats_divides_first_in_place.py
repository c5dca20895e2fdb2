"""Each number is divided by the count, then they are added up; dividing in place saves memory."""

TRIPS = ["axis_stats.input_unchanged"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, x.div_(math.prod(x.shape[axis] for axis in axes)).sum(dim, keepdim=keepdim)
