"""backward() on a copy with inputs= named, forward mode for J v, torch.autograd.functional for the Hessian. ClippedReLU
saves its output, and detach_factor splits the cube into a third on the graph and two thirds off it."""

import torch
from torch.autograd import forward_ad


def _backward(f, x, u=None):
    copy = x.detach().clone().requires_grad_(True)
    y = f(copy)
    if not y.requires_grad:
        return torch.zeros_like(copy)
    y.backward(torch.ones_like(y) if u is None else u, inputs=[copy])
    return torch.zeros_like(copy) if copy.grad is None else copy.grad


def grad_of(f, x):
    return _backward(f, x)


def detach_factor(x):
    cube = x.pow(3)
    return cube / 3 + (cube - cube / 3).detach()


def sgd_step_(params, lr):
    moving = [p for p in params if p.grad is not None]
    flags = [p.requires_grad for p in moving]
    for p, flag in zip(moving, flags):
        p.requires_grad_(False)
        p[...] = p - lr * p.grad
        p.requires_grad_(flag)
        p.grad = torch.zeros_like(p)


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.clip(x, min=0).clip(max=6)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, grad_output):
        y = ctx.saved_tensors[0]
        gradient = grad_output.clone()
        gradient[(y == 0) | (y == 6)] = 0
        return gradient


def jvp(f, x, v):
    with forward_ad.dual_level():
        y = f(forward_ad.make_dual(x.detach(), v))
        value, tangent = forward_ad.unpack_dual(y)
    return torch.zeros_like(value) if tangent is None else tangent


def vjp(f, x, u):
    return _backward(f, x, u)


def hessian(f, x):
    return torch.autograd.functional.hessian(f, x.detach())
