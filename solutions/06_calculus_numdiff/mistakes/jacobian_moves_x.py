"""x is moved and moved back."""

TRIPS = ["numerical_jacobian.input_unchanged"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    if x.dtype != torch.float64:
        return numerical_jacobian(f, x.double(), h).float()
    columns = []
    for j in range(len(x)):
        x[j] += h
        up = f(x).detach().clone()
        x[j] -= 2 * h
        down = f(x).detach().clone()
        x[j] += h
        columns.append((up - down) / (2 * h))
    return torch.stack(columns, dim=1)
