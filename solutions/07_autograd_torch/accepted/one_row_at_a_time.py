"""Builds the whole Jacobian row by row and multiplies; the Hessian is the Jacobian of a gradient. detach_factor hides its
gradient in a Function of its own, and the step is one fused call."""

import torch


def _rows(f, x, keep=False):
    point = x.detach().requires_grad_()
    y = f(point)
    rows = []
    for value in y.reshape(-1):
        row = None
        if value.requires_grad:
            (row,) = torch.autograd.grad(value, point, retain_graph=True, create_graph=keep, allow_unused=True)
        rows.append(torch.zeros_like(point) if row is None else row)
    return point, torch.stack(rows)


def grad_of(f, x):
    point = x.detach().clone().requires_grad_()
    hook = []
    point.register_hook(hook.append)
    y = f(point).sum()
    if y.requires_grad:
        torch.autograd.grad(y, point, allow_unused=True)
    return hook[0].clone() if hook else torch.zeros_like(point)


class _Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x * x

    @staticmethod
    def backward(ctx, upstream):
        return upstream * ctx.saved_tensors[0].square()


def detach_factor(x):
    return _Cube.apply(x)


@torch.no_grad()
def sgd_step_(params, lr):
    moving = [p for p in params if p.grad is not None]
    if moving:
        torch._foreach_add_(moving, [p.grad for p in moving], alpha=-lr)
    for p in moving:
        p.grad = None


class ClippedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(torch.nonzero(((x > 0) * (x < 6)).reshape(-1)).reshape(-1))
        return 6 - torch.relu(6 - torch.relu(x))

    @staticmethod
    def backward(ctx, grad_output):
        (places,) = ctx.saved_tensors
        gradient = torch.zeros(grad_output.numel(), dtype=grad_output.dtype)
        gradient[places] = grad_output.reshape(-1)[places]
        return gradient.reshape(grad_output.shape)


def jvp(f, x, v):
    return _rows(f, x)[1] @ v


def vjp(f, x, u):
    return u @ _rows(f, x)[1]


def hessian(f, x):
    point, first = _rows(f, x, keep=True)
    rows = []
    for value in first.reshape(-1):
        row = None
        if value.requires_grad:
            (row,) = torch.autograd.grad(value, point, retain_graph=True, allow_unused=True)
        rows.append(torch.zeros_like(point) if row is None else row)
    return torch.stack(rows)
