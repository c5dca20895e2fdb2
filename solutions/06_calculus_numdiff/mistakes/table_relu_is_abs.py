"""relu has the slope -1 on the left."""

TRIPS = ["elementary_derivative.table", "elementary_derivative.example", "elementary_derivative.subgradient_relu"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: t.sign(),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
