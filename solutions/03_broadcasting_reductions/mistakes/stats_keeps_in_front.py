"""The kept axis of size 1 is put in front."""

TRIPS = ["axis_stats.keepdim_shape"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = dim if isinstance(dim, tuple) else (dim,)
    total = x.sum(dim)
    if keepdim:
        total = total.reshape((1,) * len(axes) + tuple(total.shape))
    return total, total / math.prod(x.shape[axis] for axis in axes)
