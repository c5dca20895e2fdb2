"""h may be scaled while it is used."""

TRIPS = ["error_curve.input_unchanged"]

import torch


def difference_error(h, function="sin"):
    one = torch.ones((), dtype=torch.float64)
    if function == "sin":
        f, slope = torch.sin, one.cos()
    elif function == "quadratic":
        f, slope = (lambda x: 3 * x**2 - 4 * x), 2 * one
    else:
        raise ValueError(function)
    h *= 1 + 1e-9
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return forward.abs(), central.abs()
