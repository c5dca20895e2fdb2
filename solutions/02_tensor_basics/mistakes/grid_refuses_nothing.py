"""A grid without numbers makes no sense, so n = 0 must be an error."""

TRIPS = ["make_grid.empty"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if not n or n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    return torch.arange(n, dtype=dtype).reshape(shape)
