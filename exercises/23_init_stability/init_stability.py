"""Topic 23: exploding and vanishing gradients, initialisation, small floats.

Fill in the functions. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64 (logsumexp and safe_div take float16 as well), and the result
has the same dtype and the same device as the input. No function changes its arguments. `generator` is the only source
of randomness.

From scratch: torch.nn.init, torch.logsumexp, torch.logaddexp, F.normalize and other ready-made forms of what you are
building may not be used. exp, expm1, log, log1p, torch.rand, torch.randn, uniform_, normal_ and torch.autograd may.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor

Act = Callable[[Tensor], Tensor]
Init = Callable[[tuple[int, ...], Generator], Tensor]


def layer_gradient_norms(depth: int, width: int, act: Act, init: Init, seed: int) -> Tensor:
    """The sizes of the gradients of all weights in a deep chain of equal layers, from the first layer to the last.

    depth, width  >= 1
    act           an activation, applied elementwise: Tensor -> Tensor of the same shape, differentiable
    init          init(shape, generator) -> Tensor, such as the functions of tasks 2 and 3
    seed          of the one generator that everything comes from, g = torch.Generator().manual_seed(seed)

    In this order:

    1. The input h_0 = torch.randn(32, width, generator=g, dtype=torch.float64).
    2. The weights W_1, ..., W_depth, each init((width, width), g), converted to float64. Nothing else draws from g.
    3. The layers h_l = act(h_(l-1) W_l^T), l = 1, ..., depth, without biases.
    4. The loss L = the sum of all entries of h_depth.

    Returns a float64 tensor of shape (depth,) that requires no gradient: entry l - 1 is the Frobenius norm (the root of
    the sum of squares) of dL / dW_l. Whatever comes out is returned, also 0, inf or nan.

    >>> double = lambda shape, generator: 2 * torch.eye(shape[0])
    >>> norms = layer_gradient_norms(3, 4, lambda x: x, double, seed=0)
    >>> bool((norms == norms[0]).all())
    True
    """
    raise NotImplementedError


def xavier_uniform(shape: tuple[int, int], generator: Generator, gain: float = 1.0) -> Tensor:
    """A float32 weight of shape (out, in), each entry drawn evenly and independently from -a .. a.

    a = gain * sqrt(6 / (in + out)), so that the variance a^2 / 3 is gain^2 * 2 / (in + out); gain > 0. Every call draws
    new numbers from `generator`, and only from it. The result requires no gradient.

    >>> w = xavier_uniform((2, 4), torch.Generator().manual_seed(0))
    >>> w.shape, w.dtype, bool((w.abs() <= 1).all())
    (torch.Size([2, 4]), torch.float32, True)
    """
    raise NotImplementedError


def kaiming_normal(shape: tuple[int, ...], generator: Generator, mode: str = "fan_in", a: float = 0.0) -> Tensor:
    """A float32 weight, each entry drawn independently from the normal distribution with mean 0 and this variance:

        2 / ((1 + a^2) * fan)

    shape  (out, in) of a linear layer, or (C_out, C_in, kH, kW) of a convolution
    mode   "fan_in": fan is the number of inputs that one output is a sum of, in or C_in * kH * kW.
           "fan_out": the number of outputs that one input goes into, out or C_out * kH * kW. Other words: ValueError.
    a      slope of a leaky relu on the negative side; 0 for relu

    Every call draws new numbers from `generator`, and only from it. The result requires no gradient.

    >>> w = kaiming_normal((3, 2, 5, 5), torch.Generator().manual_seed(0))
    >>> w.shape, w.dtype
    (torch.Size([3, 2, 5, 5]), torch.float32)
    """
    raise NotImplementedError


def calibrated_sigmoid(x: Tensor) -> Tensor:
    """4 * sigmoid(x) - 2, elementwise, for any shape and any finite x.

    >>> calibrated_sigmoid(torch.tensor([0.0, 1000.0, -1000.0]))
    tensor([ 0.,  2., -2.])
    """
    raise NotImplementedError


def taylor(act: Act, order: int = 1) -> tuple[float, ...]:
    """The Taylor coefficients of an activation at 0, up to x^order: (act(0), act'(0), act''(0) / 2!, ...).

    act    elementwise, Tensor -> Tensor, differentiable as often as needed; give it a float64 tensor. It may also be a
           polynomial, or constant: then derivatives vanish from some order on.
    order  >= 0

    Returns order + 1 Python floats, exact up to rounding, so not by differences.

    >>> taylor(lambda x: 5 - 3 * x + x**3, order=3)
    (5.0, -3.0, 0.0, 1.0)
    """
    raise NotImplementedError


def logsumexp(x: Tensor, dim: int) -> Tensor:
    """log of the sum of exp(x) along `dim`, which is gone from the result; x has at least one dimension.

    Finite wherever the result fits into the dtype, however large or small the finite entries are; also in float16,
    where exp(12) overflows. Entries of -inf add nothing; only -inf gives -inf. No entries along `dim` (size 0) is a
    ValueError; other dimensions may have size 0. The gradient is softmax(x), also where several entries share the
    maximum. (Its gradient where all entries are -inf is not asked for.)

    >>> logsumexp(torch.tensor([[1000.0, 1000.0], [0.0, -1000.0]]), 1)
    tensor([1000.6932,    0.0000])
    """
    raise NotImplementedError


def log1mexp(x: Tensor) -> Tensor:
    """log(1 - exp(x)) for x < 0, elementwise, with full relative accuracy near 0 and far from it, float32 or float64.

    Value and gradient, which is -exp(x) / (1 - exp(x)), are finite for -1e6 <= x <= -1e-12.

    >>> log1mexp(torch.tensor([-1e-10, -0.6931471805599453, -50.0], dtype=torch.float64))
    tensor([-2.3026e+01, -6.9315e-01, -1.9287e-22], dtype=torch.float64)
    """
    raise NotImplementedError


def safe_div(a: Tensor, b: Tensor, eps: float = 1e-12) -> Tensor:
    """a / b, elementwise with broadcasting, where the divisor stays away from 0.

    Where |b| < eps the divisor is eps for b >= 0 and -eps for b < 0; elsewhere it is b itself. eps > 0. In float16,
    where 1e-12 is 0, the smallest normal number of the dtype, torch.finfo(dtype).tiny, is used for a smaller eps.

    Gradients are finite: those of a / b, and where the divisor was replaced none flows to b.

    >>> safe_div(torch.tensor([1.0, 0.0, 6.0]), torch.tensor([0.5, 0.0, -2.0]))
    tensor([ 2.,  0., -3.])
    """
    raise NotImplementedError


def l2_normalize(x: Tensor, eps: float = 1e-12) -> Tensor:
    """Every row of x (n, d) divided by the larger one of its Euclidean norm and eps; a tensor of shape (n, d).

    A row of zeros stays zeros. n may be 0. float32 or float64; the entries are at most 1e15 in size, and eps >= 1e-12.
    Gradients are finite, also for a row of zeros, where the divisor is eps and only the direct way counts: it is
    grad_output / eps.

    >>> l2_normalize(torch.tensor([[3.0, 4.0], [0.0, 0.0]]))
    tensor([[0.6000, 0.8000],
            [0.0000, 0.0000]])
    """
    raise NotImplementedError


def predict_variance(depth: int, fan_in: int, var_w: float, act: str = "linear") -> float:
    """The mean square of the entries of the last layer's output, in expectation, without running a network.

    The network has `depth` layers h_l = act(W_l h_(l-1)), each entry of h_l made from `fan_in` inputs. The entries of
    the input h_0 are independent with mean 0 and variance 1; all weights are independent with mean 0, symmetric, with
    variance var_w; there are no biases.

    act  "linear" or "relu"; any other word is a ValueError. For "linear" the mean square is the variance.

    depth >= 0 (0: the input itself), fan_in >= 1, var_w >= 0. Returns a Python float, inf where it is too large.

    >>> predict_variance(3, 100, 0.02), predict_variance(3, 100, 0.02, "relu")
    (8.0, 1.0)
    """
    raise NotImplementedError
