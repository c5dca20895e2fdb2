"""Topic 22: dropout and noise injection.

Fill in the four functions and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments, and every result that is a tensor carries gradients back to its
floating-point inputs. p is always the probability that an entry is *dropped*; 1 - p is the probability that it stays.

From scratch: torch's ready-made dropout is what you are building, so none of its forms may be used (F.dropout,
torch.dropout, nn.Dropout and their relatives). Random numbers are fine: torch.rand, torch.bernoulli, x.bernoulli_.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


def dropout(x: Tensor, p: float, training: bool, generator: Generator | None = None) -> Tensor:
    """Inverted dropout: every entry of x is replaced by 0 with probability p, otherwise multiplied by 1 / (1 - p).

    x          any shape, also () and shapes without entries; finite; need not be contiguous
    p          0 <= p <= 1, else ValueError, also when training is False. p = 0 changes nothing; p = 1 gives zeros (not
               nan), and a gradient of zeros.
    training   False: the values of x, unscaled, and a gradient of ones. It may be x itself.
    generator  the only source of randomness; None: torch's global one. Each entry draws for itself, independently of
               all other entries, of the values in x, and of earlier calls.

    Returns a tensor of the shape and dtype of x. Its gradient is 0 where the entry was dropped and 1 / (1 - p) where it
    was kept. x stays as it is.

    >>> x = torch.ones(2, 3)
    >>> dropout(x, 0.5, False)
    tensor([[1., 1., 1.],
            [1., 1., 1.]])
    >>> sorted(set(dropout(torch.ones(100), 0.75, True, torch.Generator().manual_seed(0)).tolist()))
    [0.0, 4.0]
    """
    raise NotImplementedError


class DropoutMLP(nn.Module):
    """A multilayer perceptron with dropout after the activation of every hidden layer.

    dims  the sizes [d_in, h_1, ..., h_k, d_out], at least two of them. Layer i is an nn.Linear(dims[i], dims[i + 1]) as
          torch makes it; there are no other parameters. How you name and store the layers is up to you.
    p     one rate per hidden layer, p[0] for h_1 and so on, each as in `dropout`. Any other number of rates raises
          ValueError when the module is made.

    Every hidden layer computes dropout(relu(linear(x))), the last layer only linear(x): nothing is dropped from the
    input, and nothing from the output. Use your own `dropout`; its randomness is torch's global generator. Entries are
    dropped in training mode only, and the mode is that of the module, as model.train() and model.eval() set it, also
    where the module is a part of a bigger one.

    >>> model = DropoutMLP([4, 8, 3], [0.5])
    >>> x = torch.randn(2, 4)
    >>> model(x).shape
    torch.Size([2, 3])
    >>> bool((model.eval()(x) == model(x)).all())
    True
    """

    def __init__(self, dims: list[int], p: list[float]) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """The logits (n, d_out) of the rows of x (n, d_in)."""
        raise NotImplementedError


def dropout_moments(x: Tensor, W: Tensor, p: float) -> tuple[Tensor, Tensor]:
    """Mean and variance of dropout(x, p, True) @ W over all masks, exactly: a formula, no sampling.

    x  (d,); W  (d, k); 0 <= p < 1, else ValueError (at p = 1 nothing can make up for what is dropped)

    Returns the pair (mean, variance) of tensors of shape (k,). The variance is the expected squared distance from the
    mean.

    >>> dropout_moments(torch.tensor([1.0, 2.0]), torch.tensor([[3.0, 0.0], [1.0, 4.0]]), 0.2)
    (tensor([5., 8.]), tensor([ 3.2500, 16.0000]))
    """
    raise NotImplementedError


def noisy_ridge_equiv(X: Tensor, y: Tensor, sigma: float) -> float:
    """The strength lam of the penalty that noise on the inputs amounts to.

    X, y   (n, d) and (n,), the data of a linear regression, n >= 0
    sigma  standard deviation of the noise, >= 0

    N is a matrix like X whose entries are independent, with mean 0 and standard deviation sigma. Returns the Python
    float lam with which, for every w (d,),

        E ||y - (X + N) w||^2  =  ||y - X w||^2 + lam ||w||^2 .

    ||v||^2 is the sum of the squares of v, not their mean.

    >>> noisy_ridge_equiv(torch.zeros(3, 5), torch.zeros(3), 2.0)
    12.0
    """
    raise NotImplementedError


def train_dropout(X: Tensor, y: Tensor, p: float, epochs: int, generator: Generator) -> nn.Module:
    """Train DropoutMLP([64, 128, 96, 10], [p, p]) on rows of 64 numbers, and return it ready to predict.

    X, y       (n, 64) float32 and (n,) int64, labels 0 .. 9, n >= 1. Both stay as they are.
    p          rate of both hidden layers, 0 <= p <= 1
    epochs     >= 0. In each epoch all rows come once, in a new random order, in batches of 50 (the last one may be
               smaller). Each batch makes one step of torch.optim.SGD with lr=0.1 and momentum=0.9 on its mean
               cross-entropy, the model in training mode. With epochs=0 the model is returned as it was born.
    generator  all chance comes from here: equal states give equal models, other states other ones. nn.Linear and your
               dropout draw from torch's global generator; so begin with seeding that one from this one,
               torch.manual_seed(int(torch.randint(2**31, (), generator=generator))), before the model is made. The
               weights of a model are born the same however many epochs follow. You may use all of torch here.

    Returns the model in evaluation mode.

    >>> model = train_dropout(torch.rand(60, 64), torch.arange(60) % 10, 0.5, 2, torch.Generator().manual_seed(0))
    >>> model.training, model(torch.rand(7, 64)).shape
    (False, torch.Size([7, 10]))
    """
    raise NotImplementedError
