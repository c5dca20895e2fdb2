"""Differences only where autograd fails."""

TRIPS = ["numerical_gradient.no_autograd", "numerical_gradient.points"]

import torch


def numerical_gradient(f, x, h=1e-6):
    point = x.detach().double().requires_grad_()
    try:
        return torch.autograd.grad(f(point), point)[0].to(x.dtype)
    except RuntimeError:
        point = point.detach()
    slopes = torch.zeros(point.numel(), dtype=torch.float64)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=torch.float64)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point - step)).item() / (2 * h)
    return slopes.reshape(x.shape).to(x.dtype)
