"""The step is h, so the difference is divided by h."""

TRIPS = ["numerical_gradient.value", "numerical_gradient.example", "numerical_gradient.example_one_number"]

import torch


def numerical_gradient(f, x, h=1e-6):
    point = x.detach().double()
    slopes = torch.zeros(point.numel(), dtype=torch.float64)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=torch.float64)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point - step)).item() / h
    return slopes.reshape(x.shape).to(x.dtype)
