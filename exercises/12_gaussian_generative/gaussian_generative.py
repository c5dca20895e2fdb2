"""Topic 12: a generative classifier. Each class gets a Gaussian; Bayes' rule asks which of them made a point.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. No function changes its arguments. n is the number of examples (rows), d of features;
X holds examples, y their labels (int64, any whole numbers from 0 on; 0, 2, 7 may occur and nothing else). All numbers
are finite. `log` is the natural logarithm, and everything is divided by n, never by n - 1.

From scratch: `gaussian_mle` does without torch.cov (and np.cov), `log_density` without torch.distributions and SciPy.
In these two names must be readable in the source: a function that is looked up while the program runs counts as
forbidden. Everything else of torch is fine, torch.linalg above all.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

RIDGE = 1e-3  # gaussian_classify adds it to every variance, so that every covariance can be inverted


def gaussian_mle(X: Tensor) -> tuple[Tensor, Tensor]:
    """The Gaussian under which the rows of X are most likely: their mean and their covariance.

    X (n, d) with n >= 1 and d >= 1

    mean        (d,)    m, the mean of the rows
    covariance  (d, d)  the mean over all rows of (x - m)^T (x - m); n divides, not n - 1

    Returns (mean, covariance). One row gives its own mean and a covariance of zeros. The features may lie far from 0:
    subtract the mean before you multiply.

    >>> gaussian_mle(torch.tensor([[0.0, 1.0], [4.0, 3.0]]))
    (tensor([2., 2.]), tensor([[4., 2.],
            [2., 1.]]))
    """
    raise NotImplementedError


def log_density(x: Tensor, mu: Tensor, S: Tensor) -> Tensor:
    """The logarithm of the Gaussian density at every row of x.

    x   (n, d) with n >= 1 and d >= 1
    mu  (d,), the mean
    S   (d, d), the covariance: symmetric, all eigenvalues > 0

    Returns (n,): -1/2 * (d log(2 pi) + log det S + (x - mu) S^-1 (x - mu)^T) for each row x. Exact also where the
    density itself is 0 in floating point, and where det S is 0 or inf in floating point though S is harmless (many
    features with small or large variances). No loop over the rows, and no table of n times n numbers. Gradients flow
    back to x and mu.

    >>> log_density(torch.tensor([[0.0], [2.0]]), torch.zeros(1), torch.eye(1))
    tensor([-0.9189, -2.9189])
    """
    raise NotImplementedError


def shared_covariance(X: Tensor, y: Tensor) -> Tensor:
    """One covariance for all classes: the mean of the classes' own covariances, weighted by how many rows each has.

    X (n, d) with n >= 1 and d >= 1; y (n,) int64. Labels that don't occur count for nothing; a class of one row has a
    covariance of zeros, but its row counts in n.

    Returns (d, d): the sum over the classes k of n_k / n times gaussian_mle(rows of class k)[1].

    >>> shared_covariance(torch.tensor([[1.0], [3.0], [10.0]]), torch.tensor([0, 0, 5]))
    tensor([[0.6667]])
    """
    raise NotImplementedError


def to_linear(X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """The weights and the bias of the linear classifier that two Gaussians with one covariance are.

    X (n, d); y (n,) int64, each 0 or 1, and both occur; shared_covariance(X, y) has an inverse

    With p_k = n_k / n, the means m_k of the two classes and S = shared_covariance(X, y):
    x w + b = log(p_1 N(x; m_1, S)) - log(p_0 N(x; m_0, S)) for every x.

    Returns w (d,) and b (), both in X's dtype. No training, no ridge.

    >>> X, y = torch.tensor([[-1.0], [1.0], [3.0], [5.0]]), torch.tensor([0, 0, 1, 1])
    >>> to_linear(X, y)
    (tensor([4.]), tensor(-8.))
    """
    raise NotImplementedError


def gaussian_classify(Xtr: Tensor, ytr: Tensor, Xte: Tensor, shared: bool) -> Tensor:
    """Learn one Gaussian for each class from Xtr and ytr, and give every row of Xte the most probable class.

    Xtr     (n, d); ytr (n,) int64: K >= 1 different labels, some perhaps only once
    Xte     (m, d) with m >= 1
    shared  True: every class has the covariance shared_covariance(Xtr, ytr) + RIDGE * I
            False: class k has the covariance of its own rows, + RIDGE * I

    Returns int64 (m,): for every row x the label k with the largest log p_k + log N(x; m_k, covariance), where
    p_k = n_k / n. Only labels that occur in ytr. Right also for rows so far away that all densities are 0 in floating
    point. Which of two classes with exactly the same score is taken does not matter.

    >>> X, y = torch.tensor([[-1.0], [1.0], [6.0], [8.0]]), torch.tensor([3, 3, 7, 7])
    >>> gaussian_classify(X, y, torch.tensor([[0.0], [3.0], [5.0]]), shared=True)
    tensor([3, 3, 7])
    """
    raise NotImplementedError
