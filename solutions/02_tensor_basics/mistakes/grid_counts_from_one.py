"""n numbers are 1 to n."""

TRIPS = ["make_grid.value", "make_grid.example"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    return torch.arange(1, n + 1, dtype=dtype).reshape(shape)
