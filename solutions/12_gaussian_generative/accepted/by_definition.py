"""Loops over rows and pairs of columns where they are allowed, slogdet and einsum, a bias from two quadratic forms."""

import math

import torch
from torch import Tensor


def gaussian_mle(X: Tensor) -> tuple[Tensor, Tensor]:
    n, d = X.shape
    mean = sum(row for row in X) / n
    rows = [((X[:, i] - mean[i]).unsqueeze(1) * (X - mean)).sum(0) / n for i in range(d)]
    return mean, torch.stack(rows)


def log_density(x: Tensor, mu: Tensor, S: Tensor) -> Tensor:
    gap = x - mu
    distance = torch.einsum("ni,ij,nj->n", gap, torch.linalg.inv(S), gap)
    return -0.5 * distance - 0.5 * torch.linalg.slogdet(S)[1] - len(mu) * math.log(math.sqrt(2 * math.pi))


def shared_covariance(X: Tensor, y: Tensor) -> Tensor:
    total = torch.zeros(X.shape[1], X.shape[1], dtype=X.dtype)
    for label in sorted(set(y.tolist())):
        members = X[y == label]
        total = total + gaussian_mle(members)[1] * len(members)
    return total / X.shape[0]


def to_linear(X: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    inverse = torch.linalg.inv(shared_covariance(X, y))
    share = y.double().mean()
    one, zero = gaussian_mle(X[y == 1])[0], gaussian_mle(X[y == 0])[0]
    b = 0.5 * (zero @ inverse @ zero) - 0.5 * (one @ inverse @ one)
    return inverse @ (one - zero), b + torch.log(share / (1 - share)).to(X.dtype)


def gaussian_classify(Xtr: Tensor, ytr: Tensor, Xte: Tensor, shared: bool) -> Tensor:
    best, answer = None, None
    common = shared_covariance(Xtr, ytr) if shared else None
    for label in sorted(set(ytr.tolist())):
        members = Xtr[ytr == label]
        mean, S = gaussian_mle(members)
        if shared:
            S = common
        S = S.clone()
        S.diagonal().add_(RIDGE)
        score = log_density(Xte, mean, S) + math.log(len(members))
        if best is None:
            best, answer = score, torch.full((len(Xte),), label)
        else:
            answer = torch.where(score > best, label, answer)
            best = torch.maximum(score, best)
    return answer
