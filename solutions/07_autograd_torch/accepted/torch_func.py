"""torch.func everywhere: functions are transformed, no leaf is made by hand. ClippedReLU saves a mask in setup_context."""

import torch


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
