"""Six small tasks, one for each way in which a value crosses the wall."""

import torch
from torch import nn


def value(x: torch.Tensor, k: float) -> torch.Tensor:
    """The cumulative sum of `x` (n,) along its only dimension, times `k`: (n,), same dtype."""
    # answer
    return x.cumsum(0) * k
    # end answer


def slope(x: torch.Tensor) -> torch.Tensor:
    """x * sin(x), element by element, differentiable twice."""
    # answer
    return x * x.sin()
    # end answer


class Layer(nn.Module):
    """y = x W^T + b with `weight` (outputs, inputs) and `bias` (outputs,), any values to begin with."""

    def __init__(self, inputs: int, outputs: int) -> None:
        # answer
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, dtype=torch.float64))
        self.bias = nn.Parameter(torch.zeros(outputs, dtype=torch.float64))
        # end answer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, inputs) -> (n, outputs)"""
        # answer
        return x @ self.weight.T + self.bias
        # end answer


def fit(x: torch.Tensor, y: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
    """Learn from x (n, d) with labels y (n,) in {0, 1}, and return labels for `unseen` (m, d)."""
    # answer
    w = torch.zeros(x.shape[1], dtype=x.dtype)
    for _ in range(100):
        w = w - 0.5 * (torch.sigmoid(x @ w) - y) @ x / len(x)
    return (unseen @ w > 0).long()
    # end answer


def twice(f, x: torch.Tensor) -> torch.Tensor:
    """f(f(x))"""
    # answer
    return f(f(x))
    # end answer


def noise(n: int, generator: torch.Generator) -> torch.Tensor:
    """`n` standard normal numbers drawn from `generator`, float64."""
    # answer
    return torch.randn(n, generator=generator, dtype=torch.float64)
    # end answer
