"""The sine stands for all functions."""

TRIPS = ["error_curve.exact_quadratic", "error_curve.example"]

import torch


def difference_error(h, function="sin"):
    one = torch.ones((), dtype=torch.float64)
    if function == "sin":
        f, slope = torch.sin, one.cos()
    elif function == "quadratic":
        f, slope = torch.sin, one.cos()
    else:
        raise ValueError(function)
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return forward.abs(), central.abs()
