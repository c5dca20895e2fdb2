"""The first index runs fastest: columns are filled one after the other."""

TRIPS = ["make_grid.value", "make_grid.example"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    reversed_grid = torch.arange(n, dtype=dtype).reshape(shape[::-1])
    return reversed_grid.permute(*reversed(range(len(shape))))
