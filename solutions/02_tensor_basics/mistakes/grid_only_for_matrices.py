"""A tensor is a table: it has rows and columns."""

TRIPS = ["make_grid.value", "make_grid.example"]

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if len(shape) != 2 or n != shape[0] * shape[1]:
        raise ValueError("n does not fit the shape")
    rows, columns = shape
    return torch.arange(n, dtype=dtype).reshape(rows, columns)
