"""The better one comes first."""

TRIPS = ["error_curve.value", "error_curve.order", "error_curve.example"]

import torch


def difference_error(h, function="sin"):
    one = torch.ones((), dtype=torch.float64)
    if function == "sin":
        f, slope = torch.sin, one.cos()
    elif function == "quadratic":
        f, slope = (lambda x: 3 * x**2 - 4 * x), 2 * one
    else:
        raise ValueError(function)
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return central.abs(), forward.abs()
