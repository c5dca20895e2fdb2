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
    """The shape of x + y for tensors x of shape `a` and y of shape `b`.

    a, b  sizes >= 0; () is the shape of a single number. The two may have different lengths.

    Align both at the right end and treat a missing size as 1. Two sizes fit if they are equal or if one of them is 1;
    the result has the other one there. So 1 and 0 give 0, while 0 and 2 do not fit.
    Returns a tuple of ints as long as the longer of the two. Raises ValueError if some pair does not fit.
    Plain Python only: no torch and no NumPy in this function or in what it calls.

    >>> broadcast_shape((4, 1, 3), (5, 1))
    (4, 5, 3)
    """
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if one != other and 1 not in (one, other):
            raise ValueError(f"the shapes {a} and {b} do not fit: {one} meets {other}")
        result.append(other if one == 1 else one)
    return tuple(reversed(result))


def normalize_rows(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum(dim=1) + eps)


def pairwise_distance(a: Tensor, b: Tensor) -> Tensor:
    """The Euclidean distance from every point of `a` to every point of `b`: sqrt(sum over k of (a[i,k] - b[j,k])**2).

    a  shape (N, D)
    b  shape (M, D); N and M may be 0, D >= 1

    Returns shape (N, M), entry [i, j] the distance from a[i] to b[j]; never negative and never nan, even where points
    coincide far away from the origin and the squared distance is rounded to a little less than 0.
    How: no loop over points (the number of torch operations does not depend on N and M) and no tensor with N*M*D or
    more elements. Not allowed: torch.cdist, torch.pdist, torch.nn.functional.pairwise_distance, NumPy, SciPy, tolist().

    >>> pairwise_distance(torch.tensor([[0., 0.], [3., 4.]]), torch.tensor([[3., 0.], [0., 4.]]))
    tensor([[3., 4.],
            [4., 3.]])
    """
    squares = (a * a).sum(dim=1, keepdim=True) + (b * b).sum(dim=1) - 2 * a @ b.T
    return squares.clamp(min=0).sqrt()


def axis_stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    """The sum and the mean of x along one axis or several.

    x        any shape with at least one axis; sizes may be 0
    dim      an axis, or a tuple of at least one different axes; negative ones count from the end
    keepdim  True: the axes in `dim` stay, with size 1; False: they disappear

    Returns the pair (sum, mean), both of the same shape. mean = sum / (number of elements added up in each sum).
    Where that number is 0 the sum is 0 and the mean nan, the usual 0/0 of floating point.
    Not allowed: mean in any form (torch.mean, nanmean, var_mean, std_mean, numpy.mean, numpy.average).

    >>> axis_stats(torch.tensor([[1., 2., 3.], [4., 5., 6.]]), 0, False)
    (tensor([5., 7., 9.]), tensor([2.5000, 3.5000, 4.5000]))
    """
    total = x.sum(dim=dim, keepdim=keepdim)
    axes = dim if isinstance(dim, tuple) else (dim,)
    return total, total / math.prod(x.shape[axis] for axis in axes)


def moving_average(x: Tensor, k: int) -> Tensor:
    """The mean of every window of k neighbours in time: entry [n, i] is (x[n, i] + ... + x[n, i + k - 1]) / k.

    x  shape (B, T), B >= 0, T >= 1
    k  the width of the window, 1 <= k <= T; any other k raises ValueError

    Returns shape (B, T - k + 1): only windows that lie completely inside the series.
    How: with cumsum of torch, and without loops. The number of torch operations depends on neither T nor k, and no
    tensor has more than 2 * B * (T + 1) elements. Not allowed: unfold, convolution, pooling.

    >>> moving_average(torch.tensor([[2., 4., 6., 8.]]), 2)
    tensor([[3., 5., 7.]])
    """
    if not 1 <= k <= x.shape[1]:
        raise ValueError(f"a window of {k} does not fit into a series of {x.shape[1]}")
    totals = torch.nn.functional.pad(x.cumsum(dim=1), (1, 0))
    return (totals[:, k:] - totals[:, :-k]) / k
