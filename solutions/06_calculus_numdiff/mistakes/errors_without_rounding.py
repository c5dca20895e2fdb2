"""Clever formulas for the differences have no rounding error, so they are better."""

TRIPS = ["error_curve.roundoff"]

import torch


def difference_error(h, function="sin"):
    if function == "quadratic":
        return 3 * h, 0 * h
    if function != "sin":
        raise ValueError(function)
    one = torch.ones((), dtype=torch.float64)
    forward = 2 * (one + h / 2).cos() * (h / 2).sin() / h - one.cos()
    central = one.cos() * h.sin() / h - one.cos()
    return forward.abs(), central.abs()
