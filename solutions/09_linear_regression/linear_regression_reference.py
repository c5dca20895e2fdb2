"""What the hidden checks of linear-regression share: data with known parameters, and results of the right shapes."""

from __future__ import annotations

import torch

from autograder.checks import compare

F64, F32 = torch.float64, torch.float32


def close(got, want, **words):
    """As compare.same, but tight enough in float64 that a detour through float32 shows."""
    compare.same(got, want, **({"rtol": 1e-10, "atol": 1e-10} if want.dtype == F64 else {}), **words)


def data(draw, n, d, noise=0.0, dtype=F64):
    """X, y and the w and b behind them."""
    X, w, b = draw.randn(n, d), draw.randn(d, 1), draw.randn(1)
    y = X @ w + b + noise * draw.randn(n, 1)
    return X.to(dtype), y.to(dtype), w.to(dtype), b.to(dtype)


def parameters(got, d, dtype=F64, count=2):
    """w, b (and what else there is) as tensors of the right shape and dtype."""
    w, b, *rest = compare.items(got, count)
    w = compare.tensor(w, shape=(d, 1), dtype=dtype, what="w", zh="w").detach()
    b = compare.tensor(b, shape=(1,), dtype=dtype, what="b", zh="b").detach()
    return compare.finite(w, "w", "w"), compare.finite(b, "b", "b"), *rest


# data_iter ------------------------------------------------------------------------------------------------------------

EPOCHS = """
from itertools import islice
g = torch.Generator().manual_seed(seed)
[list(islice(iter(student.data_iter(X, y, size, g)), len(X) + 2)) for _ in range(epochs)]
"""


def numbered(draw, n, d=2, dtype=F64):
    """Rows that can be told apart: X[i, 0] is i, the rest and y follow from it."""
    first = torch.arange(n, dtype=dtype).reshape(n, 1)
    return torch.cat([first + 0.25 * column for column in range(d)], dim=1), 3 * first + draw.size(1, 9)


def epochs_of(submission, X, y, size, seed, epochs=1):
    """For each epoch its batches, pairs of tensors of fitting shapes."""
    found = []
    for epoch in compare.items(submission.build(EPOCHS, X=X, y=y, size=size, seed=seed, epochs=epochs), epochs, list):
        pairs = []
        for batch in compare.is_type(epoch, list, "an epoch", "一轮"):
            one, labels = compare.items(compare.is_type(batch, (tuple, list), "a batch", "一个小批量"), 2, type(batch))
            one = compare.tensor(one, shape=(None, X.shape[1]), dtype=X.dtype, what="X of a batch", zh="一批的 X")
            shape = (len(one), 1)
            pairs.append((one, compare.tensor(labels, shape=shape, dtype=y.dtype, what="y of a batch", zh="一批的 y")))
        found.append(pairs)
    return found


def order_of(pairs):
    """The row numbers in the order in which they came."""
    return torch.cat([torch.zeros(0), *(one[:, 0] for one, _ in pairs)]).double()


# squared_loss ---------------------------------------------------------------------------------------------------------


def half_mse(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean() / 2
