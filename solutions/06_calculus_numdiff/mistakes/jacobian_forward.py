"""A derivative is (f(x + h) - f(x)) / h."""

TRIPS = ["numerical_jacobian.large_step"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double()
    columns = []
    for j in range(len(point)):
        step = torch.zeros_like(point)
        step[j] = h
        columns.append((f(point + step) - f(point)).detach() / h)
    return torch.stack(columns, dim=1).to(x.dtype)
