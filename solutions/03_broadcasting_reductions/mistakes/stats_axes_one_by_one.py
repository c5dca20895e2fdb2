"""Summing over the axes one after the other is the same. (The later axes move.)"""

TRIPS = ["axis_stats.tuple_dim"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = dim if isinstance(dim, tuple) else (dim,)
    total, count = x, math.prod(x.shape[axis] for axis in axes)
    for axis in axes:
        total = total.sum(axis, keepdim=keepdim)
    return total, total / count
