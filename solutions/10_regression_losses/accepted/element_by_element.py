"""Python loops where they are allowed, masks by index, one matrix with a column of ones for the fit."""

import torch


def l2_loss(p, y, reduction="mean"):
    if p.shape != y.shape or reduction not in ("none", "sum", "mean"):
        raise ValueError("shape or reduction")
    single = [(a - b) ** 2 / 2 for a, b in zip(p.reshape(-1), y.reshape(-1), strict=True)]
    losses = torch.stack(single).reshape(p.shape) if single else p * 0
    return {"none": lambda: losses, "sum": losses.sum, "mean": losses.mean}[reduction]()


def l1_loss(p, y, reduction="mean"):
    if p.shape != y.shape or reduction not in ("none", "sum", "mean"):
        raise ValueError("shape or reduction")
    losses = torch.where(p > y, p - y, y - p)
    return {"none": lambda: losses, "sum": losses.sum, "mean": losses.mean}[reduction]()


def huber(p, y, delta=1.0):
    if p.shape != y.shape:
        raise ValueError("shape")
    sizes = (p - y).abs().reshape(-1)
    near, far = sizes[sizes < delta], sizes[sizes >= delta]
    return ((near**2).sum() / 2 + (delta * far - delta**2 / 2).sum()) / sizes.numel()


def log_rmse(p, y):
    if p.shape != y.shape:
        raise ValueError("shape")
    p = torch.where(p < 1, torch.ones_like(p), p)
    return torch.linalg.vector_norm(p.log() - y.log()) / len(p) ** 0.5


def robust_fit(X, y, loss, steps, lr):
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    theta = torch.zeros_like(A[0])
    for _ in range(steps):
        theta = theta - lr * A.t().mv(loss_gradient(loss, A.mv(theta), y))
    return theta[:-1], theta[-1]
