"""Tensors: shape, dtype, memory.

Five functions to fill in. Each docstring says all there is to know: shapes, dtypes, the odd cases, and one example.
The README beside this file tells the story. S stands for any shape, the empty shape () of a single number included.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
import numpy as np


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if int(np.prod(shape, dtype=int)) != n:
        raise ValueError("the shape holds another number of elements")
    return torch.from_numpy(np.arange(n).reshape(shape)).to(dtype)


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, _ = img.shape
    return torch.from_numpy(np.moveaxis(img.numpy(), -1, 1).reshape(n, 3 * height * width))


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z.numpy()[...] = x.numpy() + y.numpy()
    return z


def shares_memory(op: str) -> bool:
    x = torch.arange(6.0).reshape(2, 3)
    made = {
        "reshape": x.reshape(3, 2),
        "transpose": x.t(),
        "t_reshape": x.t().reshape(6),
        "clone": x.clone(),
        "slice": x[1:],
        "index_list": x[[0, 1]],
        "expand": x.expand(4, 2, 3),
        "detach": x.detach(),
        "to_same": x.to(torch.float32),
        "numpy": x.numpy(),
    }.get(op)
    if made is None:
        raise ValueError(op)
    return np.shares_memory(np.asarray(made), x.numpy())


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("nothing to put into a batch")
    longest = max(map(len, xs))
    rows = [np.pad(x.numpy(), ((0, longest - len(x)), (0, 0)), constant_values=pad) for x in xs]
    return torch.from_numpy(np.stack(rows)), torch.from_numpy(np.array([len(x) for x in xs], dtype=np.int64))
