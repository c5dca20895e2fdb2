"""The mean of torch is the mean."""

TRIPS = ["axis_stats.from_scratch"]

import math

from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    return x.sum(dim, keepdim=keepdim), x.mean(dim, keepdim=keepdim)
