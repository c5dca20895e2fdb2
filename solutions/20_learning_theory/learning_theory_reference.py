"""What the hidden checks of topic 20 share: populations, the expected losses and rates, points in the plane."""

from __future__ import annotations

import itertools
import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks.seeding import Draw, float_type

F64, F32 = torch.float64, torch.float32
LOSSES = {"what": "the losses", "zh": "损失"}
RATE = {"what": "the rate of bad samples", "zh": "坏样本的比例"}

PARTS = """
def threshold_loss(e, y, H):
    return ((e > H[:, None]) != (y == 1)).to(e.dtype).mean(dim=1)

student.threshold_loss = threshold_loss
"""


def with_right_losses(fresh_submission: Any) -> Any:
    """The submission with its threshold_loss replaced by a right one, so that no mistake is blamed twice."""
    submission = fresh_submission()
    submission.build(PARTS)
    return submission


def losses(e: Tensor, y: Tensor, H: Tensor) -> Tensor:
    """The expected losses, rule after rule, item after item."""
    items = list(zip(e.tolist(), y.tolist(), strict=True))
    wrong = [sum((item > h) != (label == 1) for item, label in items) for h in H.tolist()]
    return (torch.tensor(wrong, dtype=F64) / len(items)).to(e.dtype)


def population(draw: Draw, number: int, n: int, k: int) -> tuple[Tensor, Tensor, Tensor]:
    """Items on a coarse grid and rules on the same grid, so that many measurements equal a threshold."""
    dtype = float_type(number)
    y = draw.integers(0, 2, n)
    e = (2 * draw.randn(n) + 1.5 * y).mul(2).round().div(2).to(dtype)
    H = draw.integers(-8, 12, k).to(dtype) / 2
    return draw.layout(e, number % 2), draw.layout(y, number % 2), draw.layout(H, number % 2)


def crowd(draw: Draw, n: int, k: int) -> tuple[Tensor, Tensor, Tensor]:
    """A large population of two overlapping kinds, and k rules from end to end."""
    y = draw.permutation(n) % 2
    e = 20 + 10 * y + 6 * draw.randn(n)
    return e, y, torch.linspace(0, 50, k, dtype=F64)


def rate(draw: Draw, crowd: tuple[Tensor, Tensor, Tensor], N: int, eps: float, trials: int) -> float:
    """The share of bad samples, found by drawing; standard error sqrt(p (1 - p) / trials)."""
    e, y, H = crowd
    wrong = ((e[:, None] > H) != (y == 1)[:, None]).float()
    truth, bad = wrong.double().mean(0), 0
    for start in range(0, trials, 100):
        count = min(100, trials - start)
        seen = wrong[draw.integers(0, len(e), count, N)].mean(1).double()
        bad += int(((seen - truth).abs() > eps).any(1).sum())
    return bad / trials


def one_rule(draw: Draw, n: int, wrong: int) -> tuple[Tensor, Tensor, Tensor]:
    """n items of which a single rule gets `wrong` wrong."""
    e = torch.arange(n, dtype=F64)[draw.permutation(n)]
    y = (e > n / 2 - 0.5).long()
    chosen = draw.permutation(n)[:wrong]
    y[chosen] = 1 - y[chosen]
    return e, y, torch.tensor([n / 2 - 0.5], dtype=F64)


def binomial_rate(p: float, N: int, eps: float) -> float:
    """P(|K / N - p| > eps) for K binomial."""
    bad = [K for K in range(N + 1) if abs(K / N - p) > eps + 1e-12]
    return math.fsum(math.comb(N, K) * p**K * (1 - p) ** (N - K) for K in bad)


def five_errors(p: float, trials: int, others: int = 0) -> float:
    """Five standard errors of a rate near p, of a difference to one from `others` trials if there are any."""
    spread = max(p * (1 - p), 1.0 / trials)
    return 5 * math.sqrt(spread / trials + (spread / others if others else 0.0))


def area(a: Tensor, b: Tensor, c: Tensor) -> float:
    """Twice the area of a triangle."""
    (x, y), (u, v) = (b - a).tolist(), (c - a).tolist()
    return x * v - y * u


def grid(draw: Draw, m: int, number: int) -> Tensor:
    """m points whose coordinates are multiples of 1/8."""
    return (draw.integers(-160, 161, m, 2).to(F64) / 8).to(float_type(number))


def triangle(draw: Draw, number: int) -> Tensor:
    """Three points that are clearly no line, at least a tenth as high as long."""
    for attempt in itertools.count():
        P = grid(draw.child(f"triangle {number} {attempt}"), 3, number)
        longest = max((P[i] - P[j]).square().sum().item() for i, j in ((0, 1), (0, 2), (1, 2)))
        if abs(area(*P.double())) > 0.1 * longest > 0:
            return P
    raise AssertionError
