"""The last size can always be left to -1."""

TRIPS = ["make_grid.empty"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    numbers = torch.arange(n, dtype=dtype)
    return numbers.reshape(*shape[:-1], -1) if shape else numbers.squeeze()
