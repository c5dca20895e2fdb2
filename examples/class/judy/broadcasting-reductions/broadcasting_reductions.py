"""Broadcasting, reductions, vectorisation.

Five functions to fill in. Each docstring says all there is to know: shapes, dtypes, the odd cases, and one example.
The README beside this file tells the story. Every Tensor is float32 or float64, the result has the dtype of the input,
and no function changes its arguments.
"""

from __future__ import annotations

import math
from itertools import zip_longest

import torch
from torch import Tensor


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    rank = max(len(a), len(b))
    columns = list(zip((1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b, strict=True))
    if any(len({*column} - {1}) > 1 for column in columns):
        raise ValueError(f"{a} against {b}")
    return tuple(next(iter({*column} - {1}), 1) for column in columns)


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return (A.T / (A.sum(-1) + eps)).T


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    both = torch.cat([a, b])
    gram = torch.einsum("id,jd->ij", both, both)
    squares = gram.diagonal()[:, None] - 2 * gram + gram.diagonal()
    return torch.relu(squares)[: len(a), len(a) :].sqrt()


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    total = torch.sum(x, dim, keepdim)
    count = torch.ones_like(x).sum(dim, keepdim)
    return total, total / count


def moving_average(x: Tensor, k: int) -> Tensor:
    if k not in range(1, x.shape[-1] + 1):
        raise ValueError("k must be in 1..T")
    total = x.cumsum(1)
    window = total[:, k - 1 :].clone()
    window[:, 1:] -= total[:, : x.shape[1] - k]
    return window / k
