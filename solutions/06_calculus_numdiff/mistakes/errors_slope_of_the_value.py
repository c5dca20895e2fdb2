"""The true slope at 1 is the value at 1."""

TRIPS = ["error_curve.value", "error_curve.example"]

import torch


def difference_error(h, function="sin"):
    one = torch.ones((), dtype=torch.float64)
    if function == "sin":
        f, slope = torch.sin, one.sin()
    elif function == "quadratic":
        f, slope = (lambda x: 3 * x**2 - 4 * x), 2 * one
    else:
        raise ValueError(function)
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return forward.abs(), central.abs()
