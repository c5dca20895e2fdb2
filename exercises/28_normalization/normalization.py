"""Topic 28: feature scaling, batch and layer norm.

Fill in the functions and the classes. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. No function changes its arguments. Gradients flow through BatchNorm, layer_norm and DeepSigmoid to everything
that enters them.

From scratch: torch's ready-made normalisations are what you are building, so none of their forms may be used (nn and F:
batch_norm, layer_norm, group_norm, instance_norm, rms_norm and their modules). mean, var, std and var_mean are fine;
mind their keyword `correction`.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


class BatchNorm(nn.Module):
    """Batch normalisation of d features, or of the d channels of images.

    d         number of features or channels
    momentum  weight of the newest batch in the running statistics, 0 <= momentum <= 1
    eps       > 0, added to the variance, inside the root

    Attributes, all of shape (d,) and float32 at first; .double() makes them float64, as it does for any module:

    gamma, beta                parameters, at first ones and zeros
    running_mean, running_var  buffers, at first zeros and ones: in the state_dict, but no parameters

    >>> norm = BatchNorm(1, eps=7.0)
    >>> norm(torch.tensor([[2.0], [4.0], [4.0], [10.0]])).flatten().tolist()
    [-0.75, -0.25, -0.25, 1.25]
    >>> norm.running_mean, norm.running_var
    (tensor([0.5000]), tensor([2.1000]))
    """

    def __init__(self, d: int, momentum: float = 0.1, eps: float = 1e-5) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """gamma * (x - mean) / sqrt(var + eps) + beta, feature by feature; a tensor of the shape of x.

        x  (n, d) or (n, d, H, W), of the dtype of the parameters. Any other number of dimensions, or a second dimension
           that is not d, raises ValueError.

        A feature has N values in a batch: n in the first case, n * H * W in the second, where all pixels of all images
        count alike.

        In training mode (self.training)  mean and var are those of the batch: the sum of the N values over N, and the
            sum of their squared distances from this mean over N. Gradients flow through both. Afterwards

                running_mean = (1 - momentum) * running_mean + momentum * mean
                running_var  = (1 - momentum) * running_var  + momentum * var * N / (N - 1)

            outside of autograd: the buffers never require a gradient. N < 2 raises ValueError and changes nothing.
        In evaluation mode  mean and var are running_mean and running_var, whatever the batch; nothing changes, and any
            n >= 0 will do.
        """
        raise NotImplementedError


def bn_backward(dy: Tensor, cache: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """The backward pass of batch normalisation in training mode, by formula, without autograd.

    dy     (n, d), the gradient of the loss with respect to y = gamma * x_hat + beta, n >= 1
    cache  the tuple (x_hat, gamma, std) that the forward pass has left: x_hat (n, d) the normalised values, gamma (d,),
           and std (d,) = sqrt(var + eps), so that x_hat = (x - mean) / std

    Returns (dx, dgamma, dbeta) of shapes (n, d), (d,), (d,): the gradients with respect to x, gamma and beta. mean and
    std depend on x as well.

    >>> x_hat = torch.tensor([[-0.75], [-0.25], [-0.25], [1.25]])
    >>> dy = torch.tensor([[4.0], [0.0], [0.0], [4.0]])
    >>> dx, dgamma, dbeta = bn_backward(dy, (x_hat, torch.tensor([2.0]), torch.tensor([4.0])))
    >>> dx.flatten(), dgamma, dbeta
    (tensor([ 1.1875, -0.9375, -0.9375,  0.6875]), tensor([2.]), tensor([8.]))
    """
    raise NotImplementedError


def layer_norm(x: Tensor, g: Tensor, b: Tensor, eps: float = 1e-5) -> Tensor:
    """g * (x - mean) / sqrt(var + eps) + b, with mean and var along the last dimension, each row for itself.

    x     (*, d) with any number of leading dimensions, also none, also of size 0; d >= 1
    g, b  (d,)
    eps   > 0, inside the root

    var is the sum of the squared distances over d, not over d - 1. Returns a tensor of the shape of x.

    >>> x = torch.tensor([[2.0, 4.0, 4.0, 10.0]])
    >>> layer_norm(x, torch.tensor([1.0, 1.0, 2.0, 2.0]), torch.tensor([0.0, 1.0, 0.0, 1.0]), eps=7.0)
    tensor([[-0.7500,  0.7500, -0.5000,  3.5000]])
    """
    raise NotImplementedError


def max_scale(x: Tensor) -> Tensor:
    """Every column of x (n, d) divided by its largest value, n >= 1; all values are >= 0.

    A column of zeros stays a column of zeros. Returns a tensor of shape (n, d).

    >>> max_scale(torch.tensor([[1.0, 0.0], [2.0, 0.0], [4.0, 0.0]]))
    tensor([[0.2500, 0.0000],
            [0.5000, 0.0000],
            [1.0000, 0.0000]])
    """
    raise NotImplementedError


class MinMax:
    """Moves and scales every column to 0 .. 1, as it was in the data of `fit`.

    >>> scaler = MinMax().fit(torch.tensor([[1.0, 5.0], [3.0, 5.0], [5.0, 5.0]]))
    >>> scaler.transform(torch.tensor([[2.0, 5.0], [7.0, 6.0]]))
    tensor([[0.2500, 0.0000],
            [1.5000, 1.0000]])
    """

    def fit(self, x: Tensor) -> MinMax:
        """Learn the smallest and the largest value of every column of x (n, d), n >= 1, and return self. What an
        earlier fit has learned is forgotten."""
        raise NotImplementedError

    def transform(self, x: Tensor) -> Tensor:
        """(x - low) / (high - low) for every column of x (m, d), m >= 0, where low and high are those of `fit`.

        Values outside of low .. high land outside of 0 .. 1; nothing is cut off. Where high = low, the divisor is 1.
        Before any fit: RuntimeError.
        """
        raise NotImplementedError


class DeepSigmoid(nn.Module):
    """A deep network with sigmoids, with or without batch normalisation.

    widths  the sizes [d_in, h_1, ..., h_k, d_out], at least two of them
    bn      whether every hidden layer has a BatchNorm

    Layer i is an nn.Linear(widths[i], widths[i + 1]) as torch makes it. A hidden layer computes
    sigmoid(norm(linear(x))) with a BatchNorm of its own, or sigmoid(linear(x)) without; the last layer only linear(x).
    There are no other parameters; the linear layers before a BatchNorm may do without their bias. How you name and
    store the layers is up to you.

    >>> sum(p.numel() for p in DeepSigmoid([64, 30, 20, 10], False).parameters())
    2780
    """

    def __init__(self, widths: list[int], bn: bool) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """The logits (n, d_out) of the rows of x (n, d_in)."""
        raise NotImplementedError


def fit_deep(model: nn.Module, X: Tensor, y: Tensor, lr: float, epochs: int, generator: Generator) -> nn.Module:
    """Train `model`, in training mode, with plain SGD, and return it, the same object, in evaluation mode.

    model      any module from (n, 64) to logits (n, C)
    X, y       (n, 64) and (n,) int64, n >= 1. Both stay as they are.
    lr         step size; torch.optim.SGD(model.parameters(), lr=lr) without momentum, or the same by hand
    epochs     >= 0. In each epoch all rows come in a new random order, drawn from `generator` alone, in batches of 50;
               the last batch may be smaller. Each batch makes one step on its mean cross-entropy. A batch of a single
               row is left out: a BatchNorm can't do anything with it.

    You may use all of torch here.

    >>> model = DeepSigmoid([64, 8, 3], True)
    >>> fit_deep(model, torch.rand(60, 64), torch.arange(60) % 3, 0.1, 2, torch.Generator()).training
    False
    """
    raise NotImplementedError
