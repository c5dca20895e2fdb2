"""The exponent loses 1, and that is all."""

TRIPS = ["elementary_derivative.powers", "elementary_derivative.example"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
