"""Topic 15: a multilayer perceptron by hand: forward, backward, and what it can do that a straight line can't.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Labels are int64. No function changes its arguments, neither the tensors nor the lists
that hold them. In the shapes below n is the number of examples (rows, n >= 0 unless more is said) and L >= 1 the number
of layers. Layer i (0, ..., L-1) has a weight Ws[i] of shape (d_i, d_{i+1}) and a bias bs[i] of shape (d_{i+1},).

By hand: the backward pass is yours, so autograd is out everywhere in this file (.backward, .grad, torch.autograd,
torch.func), and so are the layers of torch.nn, F.linear, torch.optim and NumPy. Results need not carry gradients. The
ready-made relu, sigmoid and tanh of torch are out in task 1.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor


def relu(x: Tensor) -> Tensor:
    """max(0, x) of every element; a tensor of the shape of x, which is any shape, () and (0,) too.

    >>> relu(torch.tensor([-2.0, 0.5]))
    tensor([0.0000, 0.5000])
    """
    raise NotImplementedError


def sigmoid(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x)) of every element; a tensor of the shape of x. At 1000 it is 1, at -1000 it is 0.

    >>> sigmoid(torch.tensor([0.0, 1000.0]))
    tensor([0.5000, 1.0000])
    """
    raise NotImplementedError


def tanh(x: Tensor) -> Tensor:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)) of every element; a tensor of the shape of x. At 1000 it is 1, at -1000
    it is -1.

    >>> tanh(torch.tensor([0.0, -1000.0]))
    tensor([ 0., -1.])
    """
    raise NotImplementedError


def drelu(x: Tensor) -> Tensor:
    """The derivative of relu at x, element by element: 0 below 0, 1 above; a tensor of the shape and dtype of x.

    Like dsigmoid and dtanh it takes what goes INTO the activation. At 0 relu has a kink: any number from 0 to 1.

    >>> drelu(torch.tensor([-2.0, 0.5]))
    tensor([0., 1.])
    """
    raise NotImplementedError


def dsigmoid(x: Tensor) -> Tensor:
    """The derivative of sigmoid at x (what goes into it), element by element; at 1000 and at -1000 it is 0.

    >>> dsigmoid(torch.tensor([0.0, -1000.0]))
    tensor([0.2500, 0.0000])
    """
    raise NotImplementedError


def dtanh(x: Tensor) -> Tensor:
    """The derivative of tanh at x (what goes into it), element by element; at 1000 and at -1000 it is 0.

    >>> dtanh(torch.tensor([0.0, 1000.0]))
    tensor([1., 0.])
    """
    raise NotImplementedError


def mlp_forward(x: Tensor, Ws: list[Tensor], bs: list[Tensor], act: str) -> tuple[Tensor, list[Tensor]]:
    """The outputs of the network for the rows of x, and what the way back will need.

    With a_0 = x: z_{i+1} = a_i Ws[i] + bs[i] for i = 0, ..., L-1, and a_i = act(z_i) for i = 1, ..., L-1. The last
    layer has no activation: the logits are z_L.

    x    (n, d_0)
    act  "relu", "sigmoid" or "tanh"; anything else raises ValueError

    Returns (logits, cache): logits (n, d_L), and cache, the list [x, z_1, ..., z_{L-1}] of L tensors: x itself, then
    what went INTO each activation. With L = 1 it is [x].

    >>> mlp_forward(torch.ones(1, 1), [-torch.ones(1, 2), torch.ones(2, 1)], [torch.zeros(2), torch.ones(1)], "relu")
    (tensor([[1.]]), [tensor([[1.]]), tensor([[-1., -1.]])])
    """
    raise NotImplementedError


def mlp_backward(
    dlogits: Tensor, Ws: list[Tensor], cache: list[Tensor], act: str
) -> tuple[list[Tensor], list[Tensor], Tensor]:
    """The gradients of a loss with respect to all weights, all biases and the inputs.

    dlogits  (n, d_L), the gradient of the loss with respect to the logits. Whatever the loss divides by (such as n) is
             in it already: nothing is to be divided here.
    cache    [x, z_1, ..., z_{L-1}], as mlp_forward returns it
    act      as in mlp_forward; anything else raises ValueError

    Returns (dWs, dbs, dx): two lists of L tensors in the order of the layers, dWs[i] of the shape of Ws[i] and dbs[i]
    of shape (d_{i+1},), and dx of shape (n, d_0). Without rows (n = 0) dWs and dbs are zeros.

    >>> mlp_backward(torch.tensor([[3.0]]), [torch.tensor([[5.0], [7.0]])], [torch.tensor([[1.0, 2.0]])], "tanh")
    ([tensor([[3.],
            [6.]])], [tensor([3.])], tensor([[15., 21.]]))
    """
    raise NotImplementedError


def collapse(Ws: list[Tensor], bs: list[Tensor]) -> tuple[Tensor, Tensor]:
    """One layer that does the same as L layers with no activation between them, whatever the input.

    Returns (W, b) of shapes (d_0, d_L) and (d_L,), such that x W + b is what x gives when it goes through
    x -> x Ws[i] + bs[i] for i = 0, ..., L-1. With L = 1 it is that layer.

    >>> collapse([torch.tensor([[2.0]]), torch.tensor([[3.0]])], [torch.tensor([1.0]), torch.tensor([4.0])])
    (tensor([[6.]]), tensor([7.]))
    """
    raise NotImplementedError


def piecewise_linear_net(knots: Tensor, values: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A network with one hidden layer of ReLUs that goes through given points in straight lines.

    knots   (k,), k >= 1, strictly increasing
    values  (k,), of the same dtype

    Returns (W1, b1, W2, b2) of shapes (1, h), (h,), (h, 1) and (1,), with h <= k, such that
    f(x) = relu(x W1 + b1) W2 + b2 is values[i] at knots[i], a straight line between neighbours, values[0] everywhere
    left of the first knot and values[-1] everywhere right of the last one. (One knot: f is constant. Then h may be 0.)

    >>> W1, b1, W2, b2 = piecewise_linear_net(torch.tensor([0.0, 2.0]), torch.tensor([1.0, 7.0]))
    >>> relu(torch.tensor([[1.0], [9.0]]) @ W1 + b1) @ W2 + b2
    tensor([[4.],
            [7.]])
    """
    raise NotImplementedError


def sawtooth_net(k: int) -> tuple[list[Tensor], list[Tensor]]:
    """A deep network of 2k ReLUs whose graph over [0, 1] has 2^k straight pieces: the tent map k times in a row.

    The tent map is t(x) = 2x for x <= 1/2 and 2 - 2x for x >= 1/2. k >= 1.

    Returns (Ws, bs), float64, for mlp_forward with "relu": k hidden layers of at most 2 units each, one input, one
    output, so k + 1 weights and k + 1 biases. For every x in [0, 1] the output is t(t(... t(x))), k times. (Outside
    of [0, 1] anything.)

    >>> [W.shape[1] for W in sawtooth_net(3)[0]]
    [2, 2, 2, 1]
    """
    raise NotImplementedError


def train_mlp(
    X: Tensor, y: Tensor, hidden: list[int], epochs: int, lr: float, generator: Generator
) -> tuple[list[Tensor], list[Tensor]]:
    """Train a classifier with tanh in its hidden layers by minibatch gradient descent on the mean cross-entropy.

    X       (n, d), n >= 1
    y       (n,) int64; there are C classes, C = the largest label + 1
    hidden  the widths of the hidden layers; [] gives L = 1, a softmax regression
    epochs  how often to go through the rows; 0 returns the network as it starts

    1. First the start: every weight is drawn from `generator` with mean 0 and standard deviation 1 / sqrt(d_i), d_i
       being the number of rows of its matrix (normal or uniform, as you like). All biases are 0.
    2. Then every epoch draws a new random order of the rows from `generator` and cuts it into batches of 32; the last
       one may be smaller. Each batch B makes one step: every weight and bias goes down by lr times the gradient of the
       MEAN loss of B's rows, all gradients taken before anything is changed.

    `generator` is the only source of randomness. Returns (Ws, bs), two lists of L tensors of the dtype of X, for
    mlp_forward with "tanh".

    >>> Ws, bs = train_mlp(torch.zeros(5, 2), torch.tensor([0, 2, 1, 2, 2]), [4], 1, 0.1, Generator().manual_seed(0))
    >>> [tuple(W.shape) for W in Ws], [tuple(b.shape) for b in bs]
    ([(2, 4), (4, 3)], [(4,), (3,)])
    """
    raise NotImplementedError
