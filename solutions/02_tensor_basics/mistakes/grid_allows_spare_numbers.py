"""As long as there are enough numbers the shape can be filled; the rest is left over."""

TRIPS = ["make_grid.bad_size_raises", "make_grid.example_raises"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n < math.prod(shape) or any(size < 0 for size in shape):
        raise ValueError("n does not fit the shape")
    return torch.arange(n, dtype=dtype)[: math.prod(shape)].reshape(shape)
