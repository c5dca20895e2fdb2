"""Topic 13: softmax, negative log-likelihood, cross-entropy, and a classifier that reads handwritten digits.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Labels are int64. No function changes its arguments, and every result that is a tensor
carries gradients back to its floating-point inputs. In the shapes below n is the number of examples (rows), C the
number of classes, d the number of features. `log` is the natural logarithm everywhere.

From scratch: torch's ready-made softmax, log_softmax, cross_entropy, nll_loss and kl_div are what you are building, so
none of them may be used, be it as a function, a method, a layer of torch.nn or hidden inside torch.distributions.
Anything smaller is fine: exp, log, max, sum, gather, torch.logsumexp, torch.xlogy, F.one_hot.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Turn scores into probabilities along one dimension: exp(x) / sum of exp(x) over `dim`.

    x    at least one dimension; `dim` has at least one element. Every number is finite, or -inf: a class that is ruled
         out, with probability 0. In every slice along `dim` at least one number is finite.
    dim  -x.dim() <= dim < x.dim()

    Returns a tensor of the shape of x. Along `dim` its elements are >= 0 and sum to 1, also for scores like 1000 or
    -1000, where exp(x) itself is inf or 0, and whatever scores the other slices hold. The same goes for its gradient.
    A batch without rows, shape (0, C), gives a result without rows.

    >>> softmax(torch.tensor([0.0, 1000.0, 1000.0]))
    tensor([0.0000, 0.5000, 0.5000])
    """
    raise NotImplementedError


def cross_entropy(z: Tensor, y: Tensor, reduction: str = "mean", ignore_index: int | None = None) -> Tensor:
    """The mean (or the sum) of -log softmax(z)[i, y[i]] over the rows i.

    z             (n, C), the scores ("logits"): any finite numbers, with n >= 0 and C >= 1
    y             (n,) int64, the right class of each row, 0 <= y[i] < C, or ignore_index
    reduction     "mean" or "sum"; anything else raises ValueError
    ignore_index  None: every row counts. A number: rows with this label do not count, neither in the sum nor in the n
                  by which the mean divides. It may be any integer, such as -100, or one of the classes, such as 0.

    Returns a tensor of shape (), exact also where softmax itself is 0 in floating point: a row whose right class is
    1000 below the best one adds 1000. If no row counts, the sum is 0 and the mean is nan (0 / 0).

    >>> cross_entropy(torch.tensor([[0.0, 1000.0], [3.0, 3.0]]), torch.tensor([0, 1]))
    tensor(500.3466)
    """
    raise NotImplementedError


def one_hot(y: Tensor, C: int) -> Tensor:
    """Each label as a row of C numbers: 1 in the column of the label, 0 everywhere else.

    y  (n,) int64, n >= 0
    C  how many classes, C >= 1; not every class has to occur in y

    Returns a float32 tensor of shape (n, C) on the device of y. Raises ValueError if a label is negative or >= C.

    >>> one_hot(torch.tensor([2, 0]), 4)
    tensor([[0., 0., 1., 0.],
            [1., 0., 0., 0.]])
    """
    raise NotImplementedError


def nll(logp: Tensor, y: Tensor) -> Tensor:
    """The mean negative log-likelihood: the mean of -logp[i, y[i]] over the rows i.

    logp  (n, C) with n >= 1, logarithms of probabilities (not scores, and not probabilities). log 0 = -inf may occur:
          it makes the result inf where it stands at the label, and does not matter anywhere else.
    y     (n,) int64, 0 <= y[i] < C

    Returns a tensor of shape ().

    >>> nll(torch.tensor([[0.5, 0.5], [0.25, 0.75]]).log(), torch.tensor([0, 0]))
    tensor(1.0397)
    """
    raise NotImplementedError


def kl(p: Tensor, q: Tensor) -> Tensor:
    """The Kullback-Leibler divergence KL(p || q) of each pair of rows: the sum over c of p[c] * (log p[c] - log q[c]).

    p, q  (n, C); every row is a probability distribution: numbers >= 0 that sum to 1

    Returns a tensor of shape (n,). A class with p[c] = 0 adds 0, whatever q[c] is. A class with p[c] > 0 and q[c] = 0
    makes the divergence inf. The gradient with respect to q is -p / q, so 0 where p is 0 and q is not.

    >>> kl(torch.tensor([[0.5, 0.5]]), torch.tensor([[0.25, 0.75]]))
    tensor([0.1438])
    """
    raise NotImplementedError


def accuracy(z: Tensor, y: Tensor) -> float:
    """The share of rows whose largest score stands at the label.

    z  (n, C) with n >= 1 and C >= 1. Where several classes share the largest score, any of them may be taken.
    y  (n,) int64, 0 <= y[i] < C

    Returns a Python float in 0.0 .. 1.0.

    >>> accuracy(torch.tensor([[2.0, 5.0], [1.0, 0.0], [4.0, 7.0], [0.0, 3.0]]), torch.tensor([1, 1, 1, 1]))
    0.75
    """
    raise NotImplementedError


def margin(z: Tensor, y: Tensor) -> Tensor:
    """By how much the label's score beats the best other score: z[i, y[i]] minus the largest z[i, j] with j != y[i].

    z  (n, C), finite, with n >= 0 and C >= 2
    y  (n,) int64, 0 <= y[i] < C

    Returns a tensor of shape (n,): positive where the prediction is right, negative where it is wrong, 0 where the
    label shares the largest score with another class.

    >>> margin(torch.tensor([[2.0, 5.0, 4.0], [2.0, 5.0, 4.0]]), torch.tensor([1, 0]))
    tensor([ 1., -3.])
    """
    raise NotImplementedError


class SoftmaxRegression:
    """A linear classifier: logits(X) = X W + b, trained by minibatch gradient descent on the mean cross-entropy.

    d features, C classes. W has shape (d, C) and b has shape (C,); both are float32 and start at zero. How you name
    and store them is up to you. Everything is on the CPU. Without torch.optim and without layers of torch.nn; whether
    autograd finds the gradients or you write them down yourself is up to you.

    >>> model = SoftmaxRegression(2, 3)
    >>> model.logits(torch.ones(4, 2)).shape
    torch.Size([4, 3])
    >>> X, y = torch.tensor([[1.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1])
    >>> losses = model.fit(X, y, epochs=1, lr=0.6, batch=2, generator=torch.Generator().manual_seed(0))
    >>> bool((model.logits(X) - torch.tensor([[0.3, 0.0, -0.3], [-0.3, 0.9, -0.6]])).abs().max() < 1e-6)
    True
    """

    def __init__(self, d: int, C: int) -> None:
        """Zero weights, so that all classes are equally likely at first: the loss is log C."""
        raise NotImplementedError

    def logits(self, X: Tensor) -> Tensor:
        """The scores X W + b, before any softmax, for X (n, d) float32. Returns (n, C) float32. Also before fit."""
        raise NotImplementedError

    def fit(self, X: Tensor, y: Tensor, epochs: int, lr: float, batch: int, generator: Generator) -> list[float]:
        """Train for `epochs` epochs, starting from the present W and b (a second fit goes on where the first ended).

        X          (n, d) float32, n >= 1; y (n,) int64, 0 <= y[i] < C
        lr         the learning rate: each batch moves W and b once, by -lr times the gradient of the mean
                   cross-entropy of that batch
        batch      rows per batch, >= 1; the last batch of an epoch may be smaller and is used, too. It may exceed n.
        generator  the only source of randomness. Each epoch draws a new random order of the rows, and every row belongs
                   to exactly one batch.

        Returns a list of `epochs` Python floats, for each epoch the mean cross-entropy: either the mean of what its
        batches' losses were before their steps, or the loss of all of X after the epoch. Both readings are right.
        """
        raise NotImplementedError
