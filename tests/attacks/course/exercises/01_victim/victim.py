"""Six small tasks, one for each way in which a value crosses the wall."""

import torch
from torch import nn


def value(x: torch.Tensor, k: float) -> torch.Tensor:
    """The cumulative sum of `x` (n,) along its only dimension, times `k`: (n,), same dtype."""
    raise NotImplementedError


def slope(x: torch.Tensor) -> torch.Tensor:
    """x * sin(x), element by element, differentiable twice."""
    raise NotImplementedError


class Layer(nn.Module):
    """y = x W^T + b with `weight` (outputs, inputs) and `bias` (outputs,), any values to begin with."""

    def __init__(self, inputs: int, outputs: int) -> None:
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, inputs) -> (n, outputs)"""
        raise NotImplementedError


def fit(x: torch.Tensor, y: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
    """Learn from x (n, d) with labels y (n,) in {0, 1}, and return labels for `unseen` (m, d)."""
    raise NotImplementedError


def twice(f, x: torch.Tensor) -> torch.Tensor:
    """f(f(x))"""
    raise NotImplementedError


def noise(n: int, generator: torch.Generator) -> torch.Tensor:
    """`n` standard normal numbers drawn from `generator`, float64."""
    raise NotImplementedError
