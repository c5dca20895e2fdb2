"""Every task answered, and every answer wrong: what each attack hopes to get points for."""

import torch
from torch import nn

TRIPS = [
    "value.example", "value.random", "slope.gradient", "layer.output", "layer.gradients", "fit.accuracy",
    "twice.value", "noise.reproducible",
]  # fmt: skip


def value(x, k):
    return x + k


def slope(x):
    return x * x.cos()


class Layer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, dtype=torch.float64))
        self.bias = nn.Parameter(torch.zeros(outputs, dtype=torch.float64))

    def forward(self, x):
        return x @ self.weight.T * 2 + 1


def fit(x, y, unseen):
    return torch.ones(len(unseen), dtype=torch.int64)


def twice(f, x):
    return f(x)


def noise(n, generator):
    return torch.zeros(n, dtype=torch.float64)
