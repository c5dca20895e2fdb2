"""arange makes whole numbers anyway, so the dtype will be right by itself."""

TRIPS = ["make_grid.dtype"]

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != math.prod(shape):
        raise ValueError("n does not fit the shape")
    return torch.arange(n).reshape(shape)
