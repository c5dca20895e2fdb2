"""What the hidden checks of topic 41 share: rounds of k-means, tables with clear directions, models for a GAN step."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

import torch
from torch import Tensor

from autograder.checks.made import points
from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32

PARTS = """
def kmeans_step(X, centres):
    labels = (X[:, None] - centres).square().sum(2).argmin(1)
    rows = [X[labels == k].mean(0) if (labels == k).any() else centre for k, centre in enumerate(centres)]
    return torch.stack(rows), labels

student.kmeans_step = kmeans_step
"""


def step(X: Tensor, centres: Tensor) -> tuple[Tensor, Tensor]:
    """The expected round; distances in float64."""
    gaps = X.double()[:, None] - centres.double()
    labels = gaps.square().sum(2).argmin(1)
    moved = centres.clone()
    for label in set(labels.tolist()):
        moved[label] = X[labels == label].double().mean(0).to(X.dtype)
    return moved, labels


def inertia(X: Tensor, centres: Tensor) -> float:
    """The sum of squared distances to the nearest centres."""
    return (X.double()[:, None] - centres.double()).square().sum(2).amin(1).sum().item()


def blobs(draw: Draw, each: int) -> tuple[Tensor, Tensor]:
    """Five round heaps far apart, float64, and their middles."""
    turn = draw.random.uniform(0, math.pi)
    angle = turn + 2 * math.pi * torch.arange(5) / 5
    corners = 8 * torch.stack([angle.cos(), angle.sin()], 1).double()
    return points.blobs(each, corners, draw.new_generator(), spread=0.5).x.double(), corners


def _rounds(values: list[float], centres: tuple[float, ...]) -> tuple[float, ...]:
    """Where two centres among numbers come to rest."""
    while True:
        near = [abs(value - centres[0]) <= abs(value - centres[1]) for value in values]
        groups = [[value for value, first in zip(values, near, strict=True) if first is side] for side in (True, False)]
        moved = tuple(
            math.fsum(group) / len(group) if group else old for group, old in zip(groups, centres, strict=True)
        )
        if moved == centres:
            return centres
        centres = moved


def rivals(draw: Draw) -> tuple[Tensor, Tensor]:
    """Seven numbers between which two centres can come to rest in several ways, and the sorted centres of the smallest
    inertia: with a sum of distances, or with any other end, it would be another pair."""
    for attempt in itertools.count():
        values = draw.child(f"rivals {attempt}").randn(7).exp().tolist()
        ends = Counter(tuple(sorted(_rounds(values, pair))) for pair in itertools.combinations(sorted(values), 2))
        cost = {
            power: {end: sum(min(abs(value - c) for c in end) ** power for value in values) for end in ends}
            for power in (1, 2)
        }
        order = sorted(ends, key=cost[2].__getitem__)
        apart = len(order) > 1 and cost[2][order[1]] > 1.02 * cost[2][order[0]]
        if apart and ends[order[0]] >= 8 and cost[1][order[0]] > 1.02 * min(cost[1].values()):
            return torch.tensor(values, dtype=F64)[:, None], torch.tensor(order[0], dtype=F64)
    raise AssertionError


def spread_out(draw: Draw, number: int, *, tall: bool = False) -> Tensor:
    """A table whose directions have clearly different lengths, so that each is found; tall or wide."""
    n, d = draw.sizes(2, 3, 9)
    if tall or number % 3:
        n, d = max(n, d) + 2, min(n, d)
    U, V = torch.linalg.qr(draw.randn(n, n)).Q, torch.linalg.qr(draw.randn(d, d)).Q
    r = min(n, d)
    sizes = 4 * 0.7 ** torch.arange(r, dtype=F64)
    X = (U[:, :r] * sizes) @ V[:, :r].T + draw.uniform(-1, 1, d)
    return draw.layout(X.to(float_type(number)), number % 3)


def lengths(X: Tensor) -> Tensor:
    """The singular values of the centred table, largest first, float64."""
    return torch.linalg.svdvals(X.double() - X.double().mean(0))


def five_errors(variance: float, count: int) -> float:
    return 5 * math.sqrt(max(variance, 1.0 / count) / count)


# The GAN step -------------------------------------------------------------------------------------------------------

MODELS = """
class Net(nn.Module):
    def __init__(self, first, second):
        super().__init__()
        self.first, self.second = nn.Parameter(first.clone()), nn.Parameter(second.clone())

    def forward(self, x):
        return torch.tanh(x @ self.first) @ self.second

Net(first, second)
"""
SPIES = """
class Spy(torch.optim.SGD):
    def __init__(self, model, lr, others):
        super().__init__(model.parameters(), lr=lr)
        self.others, self.dirty, self.steps = others, [], 0

    def step(self, closure=None):
        self.steps += 1
        self.dirty.append(any(p.grad is not None and bool(p.grad.any()) for p in self.others.parameters()))
        return super().step(closure)

opt_d, opt_g = Spy(D, lr_d, G), Spy(G, lr_g, D)
(opt_d, opt_g)
"""


def weights(draw: Draw, into: int, out: int) -> tuple[Tensor, Tensor]:
    return draw.randn(into, 5), draw.randn(5, out)


def through(x: Tensor, net: tuple[Tensor, Tensor]) -> Tensor:
    return torch.tanh(x @ net[0]) @ net[1]


def one_step(
    forger: tuple[Tensor, Tensor], expert: tuple[Tensor, Tensor], rates: tuple[float, float], real: Tensor, z: Tensor
) -> tuple[Any, ...]:
    """The nets after one step of D, then one of G, by plain descent, and the two losses."""
    soft = torch.nn.functional.softplus
    D = tuple(w.clone().requires_grad_() for w in expert)
    first = soft(-through(real, D)).mean() + soft(through(through(z, forger), D)).mean()
    slopes = torch.autograd.grad(first, D)
    D = tuple((w - rates[0] * slope).detach() for w, slope in zip(D, slopes, strict=True))
    G = tuple(w.clone().requires_grad_() for w in forger)
    second = soft(-through(through(z, G), D)).mean()
    slopes = torch.autograd.grad(second, G)
    G = tuple((w - rates[1] * slope).detach() for w, slope in zip(G, slopes, strict=True))
    return G, D, (first.item(), second.item())
