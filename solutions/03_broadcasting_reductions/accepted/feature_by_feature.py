"""Loops where they are allowed: over sizes, rows, coordinates and axes."""

import torch
from torch import Tensor


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    while len(a) < len(b):
        a = (1, *a)
    while len(b) < len(a):
        b = (1, *b)
    shape: tuple[int, ...] = ()
    for i in range(len(a)):
        if a[i] == b[i] or b[i] == 1:
            shape += (a[i],)
        elif a[i] == 1:
            shape += (b[i],)
        else:
            raise ValueError("these shapes cannot be broadcast together")
    return shape


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    result = A.clone()
    for row in result:
        total = sum(row.tolist()) + eps
        row.div_(total)
    return result


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    squares = a.new_zeros(a.shape[0], b.shape[0])
    for k in range(a.shape[1]):
        squares += (a[:, k].unsqueeze(1) - b[:, k].unsqueeze(0)) ** 2
    return squares**0.5


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    axes = sorted({axis % x.dim() for axis in ([dim] if isinstance(dim, int) else dim)}, reverse=True)
    total, count = x, torch.ones((), dtype=x.dtype)
    for axis in axes:
        count = count * x.size(axis)
        total = total.sum(axis, keepdim=keepdim)
    return total, total / count


def moving_average(x: Tensor, k: int) -> Tensor:
    if k < 1 or k > x.size(1):
        raise ValueError("k must be in 1..T")
    totals = torch.cumsum(x, -1)
    before = torch.cat([torch.zeros_like(totals[:, :1]), totals], dim=-1)[:, : x.size(1) - k + 1]
    return totals[:, k - 1 :].sub(before).div(k)
