"""Topic 11: logistic regression, for one yes-or-no question and for several at once.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. No function changes its arguments. z holds scores ("logits"), t targets: probabilities
from 0 to 1, nearly always exactly 0 or 1, in the dtype of z. n is the number of examples (rows), d of features, K of
labels. All numbers are finite. `log` is the natural logarithm, s the sigmoid function.

From scratch: `sigmoid` does without torch's own (torch.sigmoid, torch.special.expit, F.logsigmoid, F.silu, F.glu, the
layers of torch.nn that wrap them). The two losses do without ready-made losses (F.binary_cross_entropy and its
relatives), logistic_gradient without autograd, train_logreg without torch.optim. There names must be readable in the
source: a function that is looked up while the program runs, by getattr with a variable, counts as forbidden. Smaller
pieces are fine everywhere: exp, log1p, logaddexp, tanh, where, F.softplus; outside `sigmoid` torch.sigmoid, too.
"""

from __future__ import annotations

import torch
from torch import Tensor


def sigmoid(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x)) of every element; x has any shape.

    Returns a tensor of the shape of x. Value and gradient are right (and finite) for every x, also for -1000 and 1000,
    where exp is inf or 0, and at x = 0, where the gradient is 1/4.

    >>> sigmoid(torch.tensor([-1000.0, 0.0, 2.0]))
    tensor([0.0000, 0.5000, 0.8808])
    """
    # answer
    low, high = x.clamp(max=0).exp(), (-x.clamp(min=0)).exp()  # neither can overflow
    return torch.where(x < 0, low / (1 + low), 1 / (1 + high))
    # end answer


def bce_with_logits(z: Tensor, t: Tensor, pos_weight: float = 1.0) -> Tensor:
    """The mean over all elements of -(pos_weight * t * log s(z) + (1 - t) * log(1 - s(z))).

    z, t        the same shape, else ValueError; any number of dimensions, at least one element; 0 <= t <= 1
    pos_weight  > 0; how much more a "yes" counts than a "no"

    Returns a tensor of shape (). Exact for every z: for z = 800 and t = 0 it is 800, for z = -800 and t = 0 it is 0.
    Its gradient with respect to z is, for pos_weight = 1, (s(z) - t) divided by the number of elements, also at
    z = 1000, z = -1000 and at exactly z = 0. No gradient with respect to t is asked.

    >>> bce_with_logits(torch.tensor([0.0, 800.0]), torch.tensor([1.0, 0.0]))
    tensor(400.3466)
    """
    # answer
    if z.shape != t.shape:
        raise ValueError(f"scores have shape {tuple(z.shape)}, targets {tuple(t.shape)}")
    zero = z.new_zeros(())
    yes, no = torch.logaddexp(-z, zero), torch.logaddexp(z, zero)  # -log s(z) and -log(1 - s(z))
    return (pos_weight * t * yes + (1 - t) * no).mean()
    # end answer


def logistic_gradient(X: Tensor, t: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """The gradient of the mean loss bce_with_logits(X w + b, t) with respect to w and b, by formula.

    X (n, d) with n >= 1 and d >= 1; t (n,); w (d,); b ()

    Returns a tensor of shape (d,) and one of shape (). Without autograd: the function must also work where torch
    records nothing, under torch.inference_mode().

    >>> X, t = torch.tensor([[1.0, 2.0], [3.0, 0.0]]), torch.tensor([1.0, 0.0])
    >>> logistic_gradient(X, t, torch.zeros(2), torch.tensor(0.0))
    (tensor([ 0.5000, -0.5000]), tensor(0.))
    """
    # answer
    gaps = sigmoid(X @ w + b) - t
    return X.T @ gaps / len(t), gaps.mean()
    # end answer


def predict(X: Tensor, w: Tensor, b: Tensor, threshold: float = 0.5) -> Tensor:
    """1 for every row whose probability s(x w + b) is at least `threshold`, 0 for the others.

    X (n, d) with n >= 0; w (d,); b (); 0 < threshold < 1

    Returns an int64 tensor of shape (n,).

    >>> predict(torch.tensor([[1.0], [0.0], [-1.0]]), torch.tensor([2.0]), torch.tensor(0.0))
    tensor([1, 1, 0])
    """
    # answer
    return (sigmoid(X @ w + b) >= threshold).long()
    # end answer


def boundary_point(w: Tensor, b: Tensor) -> Tensor:
    """A point on the decision boundary: some x with x w + b = 0, where the probability is 1/2.

    w (2,), one of the two entries may be 0; if both are, no point is on the boundary, or all are: ValueError
    b ()

    Returns a tensor of shape (2,). Any point of the line will do.

    >>> x = boundary_point(torch.tensor([1.0, 1.0]), torch.tensor(-4.0))
    >>> x.sum()
    tensor(4.)
    """
    # answer
    if not w.any():
        raise ValueError("w is zero: all points have the same probability")
    return -b * w / w.dot(w)
    # end answer


def multilabel_loss(z: Tensor, t: Tensor) -> Tensor:
    """The binary cross-entropy of K questions about each of n examples: the mean over all n * K elements.

    z, t  (n, K), else as in bce_with_logits: the same shape or ValueError, exact and with the right gradient everywhere

    Returns a tensor of shape ().

    >>> multilabel_loss(torch.tensor([[0.0, 800.0]]), torch.tensor([[1.0, 0.0]]))
    tensor(400.3466)
    """
    # answer
    return bce_with_logits(z, t)
    # end answer


def multilabel_predict(z: Tensor) -> Tensor:
    """Which labels apply: those whose probability s(z) is at least 1/2, each for itself.

    z (n, K) with n >= 0. Returns a bool tensor of shape (n, K).

    >>> multilabel_predict(torch.tensor([[3.0, 1.0, -2.0], [-1.0, -1.0, -5.0]]))
    tensor([[ True,  True, False],
            [False, False, False]])
    """
    # answer
    return z >= 0
    # end answer


def train_logreg(X: Tensor, t: Tensor, lr: float, epochs: int) -> tuple[Tensor, Tensor]:
    """Logistic regression by gradient descent on standardised features; the result is for the features as they came.

    X       (n, d) with n >= 2 and d >= 1, not scaled; t (n,)
    lr      > 0, the learning rate
    epochs  how many steps, >= 0, each with the gradient of the mean loss over all n rows. No shuffling, no batches.

    First every column is standardised: minus its mean m, divided by its standard deviation q (divide by n or by n - 1,
    both are right; for a column of equal numbers q counts as 1). On these features v and c are trained, from v = 0 and
    c = 0. Returned are w of shape (d,) and b of shape () that do the same on X itself: X w + b equals
    (X - m) / q v + c. Both in X's dtype and without gradient history. No torch.optim.

    >>> X, t = torch.tensor([[10.0], [30.0]]), torch.tensor([0.0, 1.0])
    >>> w, b = train_logreg(X, t, lr=0.5, epochs=1)
    >>> bool((w < 0.026).all() and (w > 0.012).all() and b < 0)
    True
    """
    # answer
    mean, spread = X.mean(dim=0), X.std(dim=0, correction=0)
    spread = torch.where(spread > 0, spread, 1)
    scaled = (X - mean) / spread
    v, c = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(epochs):
        slope_v, slope_c = logistic_gradient(scaled, t, v, c)
        v, c = v - lr * slope_v, c - lr * slope_c
    w = v / spread
    return w, c - w @ mean
    # end answer


def feature_transform(X: Tensor) -> Tensor:
    """New features, with which a linear model can tell XOR.

    X (n, 2) with n >= 0: points near the corners (0, 0), (0, 1), (1, 0) and (1, 1) of the unit square, each coordinate
    at most 0.1 away. A point is to be called 1 near (0, 1) and (1, 0), and 0 near the other two.

    Returns (n, k) with 1 <= k <= 20, in X's dtype. Every row depends on its own point only. Which features, and how
    many, is up to you.
    """
    # answer
    return torch.cat([X, X.prod(dim=1, keepdim=True)], dim=1)
    # end answer
