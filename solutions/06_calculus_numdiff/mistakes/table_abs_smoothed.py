"""A small number in the denominator removes the nan."""

TRIPS = ["elementary_derivative.subgradient_abs"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": lambda t: t / (t.abs() + 1e-8),
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
