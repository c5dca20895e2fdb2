"""A millionth is always the right step."""

TRIPS = ["numerical_gradient.large_step"]

import torch


def numerical_gradient(f, x, h=1e-6):
    h = 1e-6
    point = x.detach().double()
    slopes = torch.zeros(point.numel(), dtype=torch.float64)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=torch.float64)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point - step)).item() / (2 * h)
    return slopes.reshape(x.shape).to(x.dtype)
