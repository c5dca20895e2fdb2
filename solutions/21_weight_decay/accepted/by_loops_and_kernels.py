"""Flat vectors, a float projection, ridge regression in the dual, a training with the penalty in the loss."""

import math

import torch
from torch import nn


def l2_penalty(params):
    total = torch.tensor(0.0)
    for w in params:
        if w.ndim > 1:
            total = total + 0.5 * torch.dot(w.reshape(-1), w.reshape(-1))
    return total


def l1_penalty(params):
    total = torch.tensor(0.0)
    for w in params:
        if len(w.shape) > 1:
            total = total + (w * w.sign().detach()).sum()
    return total


def sgd_wd_step(w, b, gw, gb, lr, lam):
    slope = torch.add(gw, w, alpha=lam)
    return torch.sub(w, slope, alpha=lr), b.sub(gb, alpha=lr)


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("negative")
    values = w.detach()
    length = math.sqrt(float((values.double() ** 2).sum()))
    if length > radius:
        values.copy_(values * radius / length)
    return w


def ridge_path(X, y, lams):
    if lams and min(lams) < 0:
        raise ValueError("negative")
    n = X.shape[0]
    centre = torch.eye(n, dtype=X.dtype) - 1 / n
    A, z = centre @ X, centre @ y
    K = A @ A.T
    norms = []
    for lam in lams:
        if lam == 0:
            w = torch.linalg.lstsq(A, z, driver="gelsd", rcond=1e-9).solution
        else:
            w = A.T @ torch.linalg.solve(K + n * lam * torch.eye(n, dtype=X.dtype), z)
        norms.append(torch.linalg.vector_norm(w))
    return torch.stack(norms) if norms else X.new_zeros(0)


def make_param_groups(model, wd):
    groups = [dict(params=[], weight_decay=wd), dict(params=[], weight_decay=0)]
    for _, param in model.named_parameters():
        groups[0 if len(param.size()) > 1 else 1]["params"].append(param)
    return groups


def train_highdim(X, y, wd, epochs, lr, generator):
    w = torch.empty(X.size(1), 1).normal_(generator=generator).requires_grad_()
    b = torch.zeros(1, requires_grad=True)
    for _ in range(epochs):
        loss = nn.functional.mse_loss(X @ w + b, y) / 2 + wd * l2_penalty([w])
        slopes = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            for value, slope in zip([w, b], slopes):
                value -= lr * slope
    return w, b
