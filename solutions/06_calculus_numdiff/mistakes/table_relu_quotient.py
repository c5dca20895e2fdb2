"""The slope of relu is relu(x) / x."""

TRIPS = ["elementary_derivative.subgradient_relu"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: t.clamp_min(0) / t,
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x)
