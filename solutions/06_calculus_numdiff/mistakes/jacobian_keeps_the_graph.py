"""Slopes are tensors like any others."""

TRIPS = ["numerical_jacobian.input_unchanged"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double()
    columns = []
    for j in range(len(point)):
        step = torch.zeros_like(point)
        step[j] = h
        columns.append((f(point + step) - f(point - step)) / (2 * h))
    return torch.stack(columns, dim=1).to(x.dtype)
