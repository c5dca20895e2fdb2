"""One copy of x is enough."""

TRIPS = ["numerical_jacobian.view_result"]

import torch


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double().clone()
    columns = []
    for j in range(len(point)):
        old = point[j].item()
        point[j] = old + h
        up = f(point).detach()
        point[j] = old - h
        down = f(point).detach()
        point[j] = old
        columns.append((up - down) / (2 * h))
    return torch.stack(columns, dim=1).to(x.dtype)
