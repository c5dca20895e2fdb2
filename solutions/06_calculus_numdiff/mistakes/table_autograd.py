"""autograd knows the table."""

TRIPS = ["elementary_derivative.no_autograd"]

import torch


def derivative(name, x, n=1):
    functions = {
        "const": lambda t: 0 * t,
        "pow": lambda t: t**n if n else 0 * t,
        "exp": torch.exp,
        "ln": torch.log,
        "sin": torch.sin,
        "abs": torch.abs,
        "relu": torch.relu,
    }
    if name not in functions:
        raise ValueError(name)
    leaf = x.detach().clone().requires_grad_()
    functions[name](leaf).sum().backward()
    return leaf.grad
