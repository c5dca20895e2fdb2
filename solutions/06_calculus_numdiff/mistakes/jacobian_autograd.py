"""torch can do that already."""

TRIPS = ["numerical_jacobian.no_autograd", "numerical_jacobian.value"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    return torch.autograd.functional.jacobian(f, x.double()).to(x.dtype)
