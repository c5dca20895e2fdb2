"""var_mean is another function than mean."""

TRIPS = ["axis_stats.from_scratch"]

import math

import torch
from torch import Tensor


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    return x.sum(dim, keepdim=keepdim), torch.var_mean(x, dim, keepdim=keepdim)[1]
