"""A sum is a number, so item() takes it out."""

TRIPS = ["corr2d.gradient"]

import torch


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    sums = [[(x[i : i + h, j : j + w] * k).sum().item() for j in range(columns)] for i in range(rows)]
    return torch.tensor(sums, dtype=x.dtype)
