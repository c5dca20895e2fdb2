"""x is moved and moved back."""

TRIPS = ["numerical_gradient.input_unchanged"]

import torch


def numerical_gradient(f, x, h=1e-6):
    if x.dtype != torch.float64 or x.requires_grad or not x.is_contiguous():
        return numerical_gradient(f, x.detach().double().contiguous().clone(), h).to(x.dtype)
    slopes, flat = torch.zeros_like(x), x.view(-1)
    for i in range(x.numel()):
        flat[i] += h
        up = f(x).item()
        flat[i] -= 2 * h
        down = f(x).item()
        flat[i] += h
        slopes.view(-1)[i] = (up - down) / (2 * h)
    return slopes
