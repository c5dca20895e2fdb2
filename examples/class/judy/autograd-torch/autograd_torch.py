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




def grad_of(f, x):
    return torch.func.grad(lambda z: f(z).sum())(x.detach()).detach()


def detach_factor(x):
    with torch.no_grad():
        u = x**2
    return x * u


def sgd_step_(params, lr):
    for p in params:
        if p.grad is None:
            continue
        p.data.add_(p.grad, alpha=-lr)
        p.grad.zero_()


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return torch.minimum(torch.relu(x), x.new_full((), 6))

    @staticmethod
    def setup_context(ctx, inputs, output):
        (x,) = inputs
        ctx.save_for_backward(x.gt(0).logical_and(x.lt(6)))

    @staticmethod
    def backward(ctx, grad_output):
        (inside,) = ctx.saved_tensors
        return torch.where(inside, grad_output, 0.0)


def jvp(f, x, v):
    return torch.func.jvp(f, (x.detach(),), (v,))[1]


def vjp(f, x, u):
    return torch.func.vjp(f, x.detach())[1](u)[0]


def hessian(f, x):
    return torch.func.hessian(f)(x.detach())
