"""reshape(-1) is always a view, so writing to it moves the table."""

TRIPS = ["numerical_gradient.value"]

import torch


def numerical_gradient(f, x, h=1e-6):
    slopes = torch.zeros(x.numel(), dtype=torch.float64)
    for i in range(x.numel()):
        up, down = x.detach().double().clone(), x.detach().double().clone()
        up.reshape(-1)[i] += h
        down.reshape(-1)[i] -= h
        slopes[i] = (f(up) - f(down)).item() / (2 * h)
    return slopes.reshape(x.shape).to(x.dtype)
