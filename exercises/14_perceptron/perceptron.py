"""Topic 14: the perceptron: a line that learns from its mistakes, and the four points that no line can separate.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: X, w and b are float32 or float64, all of the same dtype, and results have that dtype and
the same device unless a dtype is written. X holds n examples as rows, shape (n, d). Labels y have shape (n,), int64,
and are -1 or +1. w has shape (d,) and b shape (). The score of a row x is x·w + b. No function changes its arguments.
"""

from __future__ import annotations

import torch
from torch import Tensor


def predict(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """+1 for every row with a score above 0, -1 for every other row, also where the score is exactly 0.

    Returns an int64 tensor of shape (n,), n >= 0.

    >>> predict(torch.tensor([[3.0], [1.0], [0.0]]), torch.tensor([1.0]), torch.tensor(-1.0))
    tensor([ 1, -1, -1])
    """
    raise NotImplementedError


def perceptron_train(X: Tensor, y: Tensor, max_epochs: int = 100) -> tuple[Tensor, Tensor, int]:
    """Learn w and b by the perceptron rule.

    Start with w = 0 and b = 0. An epoch visits the rows in the order given. Where y_i (x_i·w + b) <= 0, w and b of this
    moment counting, the row is a mistake: w goes up by y_i x_i and b by y_i, at once; else nothing happens. After an
    epoch without a mistake, or after `max_epochs` epochs, the training ends.

    X, y        n >= 0 rows and their labels
    max_epochs  >= 0; with 0 nothing is learned

    Returns (w, b, updates): w (d,), b (), and how many mistakes there were in all epochs together, a Python int.

    >>> perceptron_train(torch.tensor([[1.0, 0.0], [0.0, 3.0]]), torch.tensor([1, -1]))
    (tensor([ 1., -3.]), tensor(0.), 2)
    """
    raise NotImplementedError


def perceptron_loss(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """The sum over the rows of max(0, -y_i (x_i·w + b)): 0 for a row on its right side, its distance in units of the
    score for a row on the wrong side. No rows give 0.

    Returns a tensor of shape (). Gradients flow to X, w and b; away from the kink at a score of 0 they are those of the
    formula, at the kink any slope between both sides is right.

    >>> perceptron_loss(torch.tensor([[1.0], [2.0]]), torch.tensor([1, -1]), torch.tensor([3.0]), torch.tensor(1.0))
    tensor(7.)
    """
    raise NotImplementedError


def xor_by_hand(X: Tensor) -> Tensor:
    """1 where exactly one of the two entries of a row is 1, else 0: by three perceptrons with weights of your own.

    A perceptron here is a step: 1 if its weighted sum plus its bias is above 0, else 0. Two of them look at the row,
    and the third looks at these two. No logical xor, no %, ^ or !=, no rounding.

    X  (n, 2), n >= 0; every entry is 0 or 1, or off by at most 0.1. A row belongs to the corner it is close to. (A line
       that passes halfway between the corners does not mind.)

    Returns a tensor of shape (n,) and of the dtype of X, exactly 0 and 1.

    >>> xor_by_hand(torch.tensor([[1.0, 1.0], [0.9, 0.1]]))
    tensor([0., 1.])
    """
    raise NotImplementedError


def geometric_margin(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """The smallest signed distance of a row from the hyperplane x·w + b = 0: min over i of y_i (x_i·w + b) / |w|, |w|
    being the Euclidean length of w (b is not part of it). Positive if all rows are on their right side.

    n >= 1, w is not 0. Returns a tensor of shape ().

    >>> geometric_margin(torch.tensor([[5.0, 0.0]]), torch.tensor([1]), torch.tensor([3.0, 4.0]), torch.tensor(-5.0))
    tensor(2.)
    """
    raise NotImplementedError
