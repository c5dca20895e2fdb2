"""In the manner of NumPy: None for new axes, a mask in place of clamp, moved and flattened axes."""

import numpy as np
import torch
from torch import Tensor


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    if len(a) < len(b):
        a, b = b, a
    if not b:
        return tuple(a)
    if a[-1] != b[-1] and a[-1] != 1 and b[-1] != 1:
        raise ValueError("no fit")
    return (*broadcast_shape(a[:-1], b[:-1]), a[-1] * b[-1] if 1 in (a[-1], b[-1]) else a[-1])


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    table = A.numpy()
    return torch.from_numpy(table / (np.sum(table, axis=1)[:, None] + np.asarray(eps, dtype=table.dtype)))


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = torch.addmm((a**2).sum(-1)[:, None] + (b**2).sum(-1)[None], a, b.mT, alpha=-2)
    squares[squares < 0] = 0
    return torch.sqrt(squares)


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = (dim,) if isinstance(dim, int) else tuple(dim)
    kept = [size for axis, size in enumerate(x.shape) if axis not in {d % x.ndim for d in axes}]
    shape = [1 if axis in {d % x.ndim for d in axes} else size for axis, size in enumerate(x.shape)]
    count = 1
    for axis in axes:
        count *= x.shape[axis]
    flat = x.movedim(axes, tuple(range(-len(axes), 0))).reshape(*kept, count)
    total = flat.sum(-1)
    mean = (total / count) if count else torch.full_like(total, float("nan"))
    return (total.reshape(shape), mean.reshape(shape)) if keepdim else (total, mean)


def moving_average(x: Tensor, k: int) -> Tensor:
    batch, steps = x.shape
    if not 0 < k <= steps:
        raise ValueError("k must be in 1..T")
    totals = x.new_zeros(batch, steps + 1)
    torch.cumsum(x, dim=1, out=totals[:, 1:])
    return (totals.narrow(1, k, steps + 1 - k) - totals.narrow(1, 0, steps + 1 - k)) / k
