"""Topic 10: losses for regression, their slopes, and a fit that outliers cannot bend.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments. p holds predictions, y labels, both of one dtype; e = p - y is the error. All
numbers are finite.

In this topic nothing broadcasts: wherever p and y come together, they have the same shape, any number of dimensions
(also none), or the function raises ValueError. `log` is the natural logarithm.

From scratch: l2_loss, l1_loss and huber do without torch's ready-made losses (F.mse_loss, F.l1_loss, F.huber_loss,
F.smooth_l1_loss and the layers of torch.nn that wrap them), loss_gradient without autograd, robust_fit without
torch.optim. There names must be readable in the source: a function that is looked up while the program runs, by getattr
with a variable, counts as forbidden.
"""

from __future__ import annotations

import torch
from torch import Tensor

# answer


def _errors(p: Tensor, y: Tensor) -> Tensor:
    """p - y, element by element and never by broadcasting."""
    if p.shape != y.shape:
        raise ValueError(f"predictions have shape {tuple(p.shape)}, labels {tuple(y.shape)}")
    return p - y


def _reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    raise ValueError(f"reduction is 'none', 'mean' or 'sum', not {reduction!r}")


# end answer


def l2_loss(p: Tensor, y: Tensor, reduction: str = "mean") -> Tensor:
    """Half the squared error, e**2 / 2, of each element, or the mean or the sum of these.

    p, y       the same shape, else ValueError
    reduction  "none": a tensor of the shape of p. "mean" or "sum": a tensor of shape (). Anything else: ValueError

    Without any element "none" gives an empty tensor, "sum" 0 and "mean" nan (0 / 0). Gradients reach p and y.

    >>> l2_loss(torch.tensor([2.0, 5.0, 1.0]), torch.tensor([3.0, 1.0, 1.0]), "none")
    tensor([0.5000, 8.0000, 0.0000])
    """
    # answer
    return _reduced(_errors(p, y) ** 2 / 2, reduction)
    # end answer


def l1_loss(p: Tensor, y: Tensor, reduction: str = "mean") -> Tensor:
    """The absolute error |e| of each element, or the mean or the sum of these.

    Everything else is as in l2_loss. Where e = 0 the slope jumps from -1 to 1; there the gradient of |e| may be any
    number from -1 to 1.

    >>> l1_loss(torch.tensor([2.0, 5.0, 1.0]), torch.tensor([3.0, 1.0, 1.0]), "sum")
    tensor(5.)
    """
    # answer
    return _reduced(_errors(p, y).abs(), reduction)
    # end answer


def huber(p: Tensor, y: Tensor, delta: float = 1.0) -> Tensor:
    """The mean over all elements of e**2 / 2 where |e| <= delta, and of delta * (|e| - delta / 2) where |e| > delta.

    p, y   the same shape, else ValueError; at least one element
    delta  > 0

    Returns a tensor of shape (). Its gradient with respect to p is e / n where |e| <= delta and delta * sign(e) / n
    elsewhere, n being the number of elements; with respect to y it is minus that. Value and gradient are right for huge
    errors too, whose square is inf (|e| = 1e30 in float32, 1e200 in float64).

    >>> huber(torch.tensor([2.0, 5.0, 1.0]), torch.tensor([3.0, 1.0, 1.0]), delta=2.0)
    tensor(2.1667)
    """
    # answer
    sizes = _errors(p, y).abs()
    return torch.where(sizes <= delta, sizes**2 / 2, delta * (sizes - delta / 2)).mean()
    # end answer


def log_rmse(p: Tensor, y: Tensor) -> Tensor:
    """The root mean squared error of logarithms: the square root of the mean of (log max(p, 1) - log y)**2.

    p  (n,) with n >= 1, any numbers: predictions below 1 count as 1
    y  (n,), all > 0 (they may be below 1, and are taken as they are); another shape than that of p raises ValueError

    Returns a tensor of shape (). Gradients reach p (0 where p < 1) and y. Where the result is exactly 0 the square root
    has no slope, and where p is exactly 1 the maximum has none: no gradient is asked there.

    >>> log_rmse(torch.tensor([200.0, 50.0, -3.0]), torch.tensor([100.0, 100.0, 1.0]))
    tensor(0.5660)
    """
    # answer
    ratios = _errors(p.clamp(min=1).log(), y.log())
    return (ratios**2).mean().sqrt()
    # end answer


def loss_gradient(name: str, p: Tensor, y: Tensor) -> Tensor:
    """The gradient of the mean loss with respect to p, by formula.

    name  "l1", "l2" (the half square) or "huber" (with delta = 1); anything else raises ValueError
    p, y  (n,) with n >= 1; different shapes raise ValueError

    Returns a tensor of shape (n,): for every element the slope of its own loss, divided by n. Where e = 0 the slope of
    "l1" is 0. Without autograd, without differences, and without a loop over the elements.

    >>> loss_gradient("l2", torch.tensor([2.5, 5.0, 1.0]), torch.tensor([3.0, 1.0, 1.0]))
    tensor([-0.1667,  1.3333,  0.0000])
    """
    # answer
    errors = _errors(p, y)
    if name == "l1":
        slopes = errors.sign()
    elif name == "l2":
        slopes = errors
    elif name == "huber":
        slopes = errors.clamp(-1, 1)
    else:
        raise ValueError(f"the loss is 'l1', 'l2' or 'huber', not {name!r}")
    return slopes / len(errors)
    # end answer


def robust_fit(X: Tensor, y: Tensor, loss: str, steps: int, lr: float) -> tuple[Tensor, Tensor]:
    """Fit the linear model X w + b by gradient descent on the mean loss of all rows, from w = 0 and b = 0.

    X     (n, d) with n >= 1 and d >= 1; y (n,)
    loss  "l1", "l2" or "huber" with delta = 1, as in loss_gradient; anything else raises ValueError if steps >= 1
    steps how often w and b move, >= 0, each time by -lr times the gradient over all n rows, both taken at the same
          point. No shuffling, no batches, no momentum.
    lr    > 0

    Returns w of shape (d,) and b of shape (), in X's dtype and without gradient history. Autograd or loss_gradient:
    both are fine. No torch.optim.

    >>> w, b = robust_fit(torch.tensor([[1.0], [2.0]]), torch.tensor([0.5, 10.0]), "huber", steps=1, lr=0.4)
    >>> w, b
    (tensor([0.5000]), tensor(0.3000))
    """
    # answer
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        pulls = loss_gradient(loss, X @ w + b, y)
        w, b = w - lr * (X.T @ pulls), b - lr * pulls.sum()
    return w, b
    # end answer
