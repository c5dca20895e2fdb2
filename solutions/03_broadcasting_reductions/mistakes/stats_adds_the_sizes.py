"""Two axes of sizes 3 and 4 hold 3 + 4 numbers."""

TRIPS = ["axis_stats.tuple_dim"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total / sum(x.shape[axis] for axis in axes)
