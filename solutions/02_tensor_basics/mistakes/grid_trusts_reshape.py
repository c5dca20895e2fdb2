"""reshape complains about a wrong size by itself, so nothing has to be compared."""

TRIPS = ["make_grid.bad_size_raises", "make_grid.example_raises"]

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    return torch.arange(n, dtype=dtype).reshape(shape)
