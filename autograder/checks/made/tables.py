"""Tables of numbers with a number to predict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart, normal, uniform


@dataclass(frozen=True, slots=True)
class Regression:
    """y = x·weights + bias + noise."""

    x: torch.Tensor  # [n, d]
    y: torch.Tensor  # [n, 1]
    weights: torch.Tensor  # [d, 1]
    bias: torch.Tensor  # [1]


@dataclass(frozen=True, slots=True)
class Outliers(Regression):
    is_outlier: torch.Tensor  # bool [n]


@dataclass(frozen=True, slots=True)
class Polynomial(Regression):
    raw: torch.Tensor  # [n, 1], of which column k of x is raw^k / k!


def linear(
    count: int,
    weights: Sequence[float],
    bias: float,
    generator: torch.Generator,
    *,
    noise: float = 0.01,
    dtype: torch.dtype = torch.float32,
) -> Regression:
    """Standard normal inputs; normal noise with sd `noise`. The usual example is weights (2, -3.4), bias 4.2."""
    inputs, errors = apart(generator, 2)
    x = normal((count, len(weights)), inputs)
    return _regression(x, weights, bias, noise * normal((count, 1), errors), dtype)


def collinear(
    count: int, width: int, generator: torch.Generator, *, noise: float = 0.0, dtype: torch.dtype = torch.float64
) -> Regression:
    """The last of `width` >= 2 columns is the sum of the others, so x has rank width - 1 and many weights fit as well.
    `weights` is one of them; it and the bias are random."""
    inputs, errors, truth = apart(generator, 3)
    x = normal((count, width - 1), inputs)
    x = torch.cat([x, x.sum(1, keepdim=True)], 1)
    *weights, bias = normal((width + 1,), truth).tolist()
    return _regression(x, weights, bias, noise * normal((count, 1), errors), dtype)


def polynomial(
    count: int,
    generator: torch.Generator,
    *,
    weights: Sequence[float] = (5.0, 1.2, -3.4, 5.6),
    width: int = 20,
    noise: float = 0.1,
    dtype: torch.dtype = torch.float32,
) -> Polynomial:
    """Columns x^k / k! for k = 0 .. width-1 of a standard normal x; only the first `weights` are not zero. Column 0 is
    the constant, so the bias is 0."""
    inputs, errors = apart(generator, 2)
    raw = normal((count, 1), inputs)
    powers = torch.arange(width, dtype=torch.float64)
    x = raw**powers / (powers + 1).lgamma().exp()
    full = [*weights, *[0.0] * (width - len(weights))]
    made = _regression(x, full, 0.0, noise * normal((count, 1), errors), dtype)
    return Polynomial(made.x, made.y, made.weights, made.bias, raw.to(dtype))


def wide(
    count: int, generator: torch.Generator, *, width: int = 200, noise: float = 0.01, dtype: torch.dtype = torch.float32
) -> Regression:
    """Many columns, meant for few rows (20, say): all weights are 0.01 and the bias is 0.05. Fits without error, and
    tells nothing about other rows unless the weights are held small."""
    return linear(count, [0.01] * width, 0.05, generator, noise=noise, dtype=dtype)


def outliers(
    count: int,
    weights: Sequence[float],
    bias: float,
    generator: torch.Generator,
    *,
    share: float = 0.1,
    noise: float = 0.1,
) -> Outliers:
    """A linear set in which exactly round(share·count) targets are 15 to 25 too high. float32."""
    own, chosen, size = apart(generator, 3)
    made = linear(count, weights, bias, own, noise=noise)
    is_outlier = torch.zeros(count, dtype=torch.bool)
    is_outlier[torch.randperm(count, generator=chosen)[: round(share * count)]] = True
    y = made.y + (is_outlier[:, None] * uniform(15, 25, (count, 1), size)).float()
    return Outliers(made.x, y, made.weights, made.bias, is_outlier)


def _regression(
    x: torch.Tensor, weights: Sequence[float], bias: float, errors: torch.Tensor, dtype: torch.dtype
) -> Regression:
    w = torch.tensor(weights, dtype=torch.float64)[:, None]
    b = torch.tensor([bias], dtype=torch.float64)
    return Regression(x.to(dtype), (x @ w + b + errors).to(dtype), w.to(dtype), b.to(dtype))
