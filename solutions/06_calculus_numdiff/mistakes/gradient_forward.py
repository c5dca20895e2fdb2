"""A derivative is (f(x + h) - f(x)) / h."""

TRIPS = ["numerical_gradient.central_accuracy_h1e_3", "numerical_gradient.large_step", "numerical_gradient.points"]

import torch


def numerical_gradient(f, x, h=1e-6):
    point = x.detach().double()
    slopes = torch.zeros(point.numel(), dtype=torch.float64)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=torch.float64)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point)).item() / h
    return slopes.reshape(x.shape).to(x.dtype)
