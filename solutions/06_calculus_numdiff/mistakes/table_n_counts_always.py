"""n is the power of every function, as in sin^n."""

TRIPS = ["elementary_derivative.table", "elementary_derivative.example"]

import torch


def derivative(name, x, n=1):
    rules = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(name)
    return rules[name](x) if name in ("pow", "const") else n * rules[name](x)
