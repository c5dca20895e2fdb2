"""The derivative of 7 is 7."""

TRIPS = ["elementary_derivative.table"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": lambda t: torch.full_like(t, 7),
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
