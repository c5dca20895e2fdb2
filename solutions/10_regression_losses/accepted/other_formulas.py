"""The same losses by other formulas: clipped errors, quotients, halves and maxima; the fit by autograd."""

import torch


def _checked(p, y):
    if list(p.shape) != list(y.shape):
        raise ValueError("p and y must have one shape")


def _finish(losses, reduction):
    if reduction not in {"none", "mean", "sum"}:
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() / (1 if reduction == "sum" else losses.numel())


def l2_loss(p, y, reduction="mean"):
    _checked(p, y)
    e = y - p
    return _finish(0.5 * e * e, reduction)


def l1_loss(p, y, reduction="mean"):
    _checked(p, y)
    return _finish(torch.maximum(p - y, y - p), reduction)


def huber(p, y, delta=1.0):
    _checked(p, y)
    e = p - y
    inner = e.clamp(-delta, delta)
    return (inner * (e - inner / 2)).mean()


def log_rmse(p, y):
    _checked(p, y)
    ratio = torch.log(torch.maximum(p, torch.ones_like(p)) / y)
    return torch.sqrt(ratio.dot(ratio) / ratio.numel())


def loss_gradient(name, p, y):
    _checked(p, y)
    e = p - y
    if name == "l1":
        pull = (e > 0).to(e.dtype) - (e < 0).to(e.dtype)
    elif name == "l2":
        pull = e
    elif name == "huber":
        pull = e / e.abs().clamp(min=1)
    else:
        raise ValueError(name)
    return pull / p.numel()


def robust_fit(X, y, loss, steps, lr):
    losses = {"l1": l1_loss, "l2": l2_loss, "huber": huber}
    w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, requires_grad=True)
    for _ in range(steps):
        if loss not in losses:
            raise ValueError(loss)
        losses[loss](X @ w + b, y).backward()
        with torch.no_grad():
            for parameter in (w, b):
                parameter -= lr * parameter.grad
                parameter.grad = None
    return w.detach(), b.detach()
