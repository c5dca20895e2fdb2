"""The step is h, so the difference is divided by h."""

TRIPS = ["numerical_jacobian.value"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double()
    columns = []
    for j in range(len(point)):
        step = torch.zeros_like(point)
        step[j] = h
        columns.append((f(point + step) - f(point - step)).detach() / h)
    return torch.stack(columns, dim=1).to(x.dtype)
