"""Topic 9: linear regression, by formula and by stochastic gradient descent.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments. `generator` is a torch.Generator and the only source of randomness: from the
same state it gives the same result, whatever the global generator does. In the shapes below n is the number of examples
(rows), d the number of features (columns), b the number of rows of one batch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch import Generator, Tensor


def synthetic_linear(w: Tensor, b: float, n: int, noise: float, generator: Generator) -> tuple[Tensor, Tensor]:
    """Data that a linear model explains up to noise: y = X w + b + eps.

    w: (d,). b: a number. n: how many examples. noise: the standard deviation of eps; 0 means exact labels.
    Returns: X (n, d), independent standard normal numbers, and y (n, 1), where eps is normal with mean 0 and standard
        deviation `noise`, drawn anew for every example. Both have w's dtype. A second call with the same generator
        continues its stream, so it gives other data; the global random state stays as it is. In which order you draw is
        up to you.

    >>> X, y = synthetic_linear(torch.tensor([2.0, -3.4]), 4.2, 5, 0.0, torch.Generator().manual_seed(1))
    >>> X.shape, y.shape
    (torch.Size([5, 2]), torch.Size([5, 1]))
    >>> bool((y[:, 0] - (2.0 * X[:, 0] - 3.4 * X[:, 1] + 4.2)).abs().max() < 1e-5)
    True
    """
    X = torch.randn(n, len(w), generator=generator, dtype=w.dtype).to(w.device)
    eps = torch.randn(n, 1, generator=generator, dtype=w.dtype).to(w.device)
    return X, X @ w.reshape(-1, 1) + b + noise * eps


def normal_equation(X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Least squares in closed form: the w and b for which the sum of (X w + b - y)**2 is smallest.

    X: (n, d) with n >= 1. y: (n, 1).
    Returns: w (d, 1) and b (1,).

    The bias is not part of X: you have to bring it in. There may be many minimisers, when columns of X depend on each
    other or when n <= d. Then return one of the smallest norm; both usual readings are right, the norm of w alone or
    that of w and b together. Nothing is added to the problem (no ridge). Singular values below about
    max(n, d) * eps * the largest one count as zero, where eps is torch.finfo(X.dtype).eps.

    >>> X = torch.tensor([[0.0], [1.0], [2.0]])
    >>> w, b = normal_equation(X, torch.tensor([[1.0], [3.0], [5.0]]))
    >>> round(w.item(), 4), round(b.item(), 4), w.shape, b.shape
    (2.0, 1.0, torch.Size([1, 1]), torch.Size([1]))
    """
    ones = X.new_ones(len(X), 1)
    solution = torch.linalg.pinv(torch.cat([X, ones], dim=1)) @ y
    return solution[:-1], solution[-1]


def data_iter(X: Tensor, y: Tensor, batch_size: int, generator: Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """One epoch: all examples once, in random order, in batches.

    X: (n, d). y: (n, 1). batch_size: at least 1.
    Returns: an iterator (a generator function makes one) over pairs (X of the batch, y of the batch), of shapes (b, d)
        and (b, 1). Every batch has batch_size rows; the last one has what is left. Every order of the n rows is equally
        likely. Two epochs with the same generator have different orders. n = 0 gives no batch at all.

    A batch is made when it is asked for, not before. No torch.utils.data here: it is what you are building.

    >>> X, y = torch.arange(5.0).reshape(5, 1), torch.arange(5.0).reshape(5, 1) * 10
    >>> batches = list(data_iter(X, y, 2, torch.Generator().manual_seed(0)))
    >>> [len(rows) for rows, labels in batches]
    [2, 2, 1]
    >>> sorted(torch.cat([labels for rows, labels in batches]).flatten().tolist())
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    order = torch.randperm(len(X), generator=generator).to(X.device)
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """The mean over the n examples of (y_hat - y)**2 / 2.

    y_hat: (n, 1) or (n,). y: (n,) or (n, 1), with the same n >= 1; the two need not have the same shape.
    Returns: a 0-d tensor on the graph of y_hat.

    >>> squared_loss(torch.tensor([[1.0], [2.0]]), torch.tensor([0.0, 4.0]))
    tensor(1.2500)
    """
    error = y_hat.reshape(-1) - y.reshape(-1)
    return (error**2).mean() / 2


def train_sgd(
    X: Tensor, y: Tensor, lr: float, epochs: int, batch_size: int, generator: Generator
) -> tuple[Tensor, Tensor, list[float]]:
    """Minibatch stochastic gradient descent for linear regression, from w = 0 and b = 0.

    X: (n, d) with n >= 1. y: (n, 1). In every epoch each example is used once, in an order drawn from the generator, in
        batches of batch_size rows (the last one may be shorter). After each batch one step: w <- w - lr * dL/dw and
        b <- b - lr * dL/db, where L is the squared_loss of that batch, a mean over the rows it really has.
    Returns: w (d, 1) and b (1,), without gradient history, and a list of one Python float per epoch: the mean of
        squared_loss over the n examples. Take it during the epoch, each batch before its step (cheap, and usual), or
        over all rows after the last step; both are right. epochs = 0 gives the zeros you start from and [].

    No torch.optim: three lines of your own do its work. Your data_iter and squared_loss may help.

    >>> X, y = torch.tensor([[1.0], [3.0]]), torch.tensor([[2.0], [4.0]])
    >>> w, b, losses = train_sgd(X, y, lr=0.1, epochs=1, batch_size=2, generator=torch.Generator())
    >>> round(w.item(), 4), round(b.item(), 4), len(losses)
    (0.7, 0.3, 1)
    """
    w = torch.zeros(X.shape[1], 1, dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(1, dtype=X.dtype, device=X.device, requires_grad=True)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            loss = squared_loss(rows @ w + b, labels)
            step_w, step_b = torch.autograd.grad(loss, (w, b))
            with torch.no_grad():
                w -= lr * step_w
                b -= lr * step_b
            total += loss.item() * len(rows)
        losses.append(total / len(X))
    return w.detach(), b.detach(), losses


def gaussian_nll(y_hat: Tensor, y: Tensor, sigma: float) -> Tensor:
    """The mean negative log-likelihood of y when every y[i] is normal with mean y_hat[i] and standard deviation sigma.

    y_hat, y: (n,) or (n, 1) each, with the same n >= 1, as in squared_loss. sigma: a number above 0.
    Returns: a 0-d tensor, the mean over i of -log p(y[i]), where
        p(y[i]) = exp(-(y[i] - y_hat[i])**2 / (2 sigma**2)) / (sigma sqrt(2 pi)).
    It must stay finite where p(y[i]) itself is too small for a float.

    >>> gaussian_nll(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]), 1.0)
    tensor(1.9189)
    """
    error = y_hat.reshape(-1) - y.reshape(-1)
    return (error**2).mean() / (2 * sigma**2) + math.log(sigma * math.sqrt(2 * math.pi))


def grid_search_w(x: Tensor, y: Tensor, grid: Tensor) -> int:
    """Exhaustive search: which w of the grid makes the mean of (w * x - y)**2 smallest?

    x, y: (n,). grid: (k,) candidates in any order, k >= 1.
    Returns: the index of the best one as a Python int; the first of several that are equally good.

    >>> grid_search_w(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 4.0, 6.0]), torch.tensor([3.0, 2.0, 1.0]))
    1
    """
    errors = (grid.reshape(-1, 1) * x - y) ** 2
    return int(errors.mean(dim=1).argmin())
