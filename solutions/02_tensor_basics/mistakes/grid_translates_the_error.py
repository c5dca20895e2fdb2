"""Whatever reshape accepts is a fitting shape; only its error needs another name. (A -1 is accepted too.)"""

TRIPS = ["make_grid.bad_size_raises"]

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    try:
        return torch.arange(n, dtype=dtype).reshape(shape)
    except RuntimeError as error:
        raise ValueError(str(error)) from error
