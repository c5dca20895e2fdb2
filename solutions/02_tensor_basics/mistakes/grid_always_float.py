"""A tensor of numbers is a tensor of floats, so the counting is done in floats."""

TRIPS = ["make_grid.value", "make_grid.dtype", "make_grid.example"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    return torch.arange(float(n)).reshape(shape)
