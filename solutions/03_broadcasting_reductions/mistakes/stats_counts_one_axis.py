"""With several axes it is the size of the first of them that counts."""

TRIPS = ["axis_stats.tuple_dim"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = x.sum(dim, keepdim=keepdim)
    return total, total / x.shape[dim[0] if isinstance(dim, tuple) else dim]
