"""The dtype of x is good enough."""

TRIPS = ["numerical_gradient.fp32_promotes"]

import torch


def numerical_gradient(f, x, h=1e-6):
    point = x.detach()
    slopes = torch.zeros(point.numel(), dtype=torch.float64)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=x.dtype)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point - step)).item() / (2 * h)
    return slopes.reshape(x.shape).to(x.dtype)
