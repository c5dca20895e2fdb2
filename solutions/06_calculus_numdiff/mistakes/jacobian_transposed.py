"""Each input gives a row."""

TRIPS = ["numerical_jacobian.layout", "numerical_jacobian.example"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double()
    columns = []
    for j in range(len(point)):
        step = torch.zeros_like(point)
        step[j] = h
        columns.append((f(point + step) - f(point - step)).detach() / (2 * h))
    return torch.stack(columns, dim=0).to(x.dtype)
