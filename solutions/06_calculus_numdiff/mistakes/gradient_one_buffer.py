"""One copy of x is enough: move it, ask, move it, ask."""

TRIPS = ["numerical_gradient.view_result"]

import torch


def numerical_gradient(f, x, h=1e-6):
    buffer = x.detach().double().contiguous().clone()
    slopes, flat = torch.zeros_like(buffer), buffer.view(-1)
    for i in range(flat.numel()):
        old = flat[i].item()
        flat[i] = old + h
        up = f(buffer).detach()
        flat[i] = old - h
        down = f(buffer).detach()
        flat[i] = old
        slopes.view(-1)[i] = (up - down) / (2 * h)
    return slopes.to(x.dtype)
