"""torch.bernoulli and torch.where; layers in an nn.Sequential with a dropout module of one's own; moments by einsum."""

from types import SimpleNamespace

import torch
from torch import nn


def dropout(x, p, training, generator=None):
    if p < 0 or p > 1:
        raise ValueError(f"p = {p}")
    if not training or p == 0:
        return x.clone()
    chances = torch.full(x.shape, 1.0 - p, dtype=torch.float64)
    keep = torch.bernoulli(chances, generator=generator).bool()
    scale = 1.0 / (1.0 - p) if p < 1 else 0.0
    return torch.where(keep, x, torch.zeros((), dtype=x.dtype)) * scale


class Drop(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, h):
        return dropout(h, self.rate, training=self.training)


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        if len(dims) != len(p) + 2:
            raise ValueError("rates")
        super().__init__()
        self.out = nn.Linear(dims[-2], dims[-1])
        parts = []
        for i, rate in enumerate(p):
            parts += [nn.Linear(dims[i], dims[i + 1]), Drop(rate), nn.ReLU()]
        self.body = nn.Sequential(*parts)

    def forward(self, x):
        return self.out(self.body(x))


def dropout_moments(x, W, p):
    if p < 0 or p >= 1:
        raise ValueError("p")
    terms = x[:, None] * W
    odds = SimpleNamespace(lost=p, kept=1 - p)
    return torch.einsum("dk->k", terms), (terms**2 / odds.kept - terms**2).sum(dim=0)


def noisy_ridge_equiv(X, y, sigma):
    return sum(float(sigma) ** 2 for _ in range(y.shape[0])) + 0.0
