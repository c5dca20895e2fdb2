"""The true slope is what autograd says."""

TRIPS = ["error_curve.no_autograd"]

import torch


def difference_error(h, function="sin"):
    if function not in ("sin", "quadratic"):
        raise ValueError(function)
    f = torch.sin if function == "sin" else lambda x: 3 * x**2 - 4 * x
    one = torch.ones((), dtype=torch.float64).requires_grad_()
    (slope,) = torch.autograd.grad(f(one), one)
    one = one.detach()
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return forward.abs(), central.abs()
