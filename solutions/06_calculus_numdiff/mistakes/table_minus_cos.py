"""The derivative of the sine is minus the cosine."""

TRIPS = ["elementary_derivative.table"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": lambda t: -t.cos(),
        "abs": torch.sign,
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
