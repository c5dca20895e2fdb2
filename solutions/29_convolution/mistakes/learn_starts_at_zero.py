"""A good start is zero."""

TRIPS = ["learn_kernel.random_start"]

import torch


def learn_edge_kernel(X, Y, steps, generator, lr=0.3):
    k = torch.zeros(1, 2, dtype=X.dtype)
    for _ in range(steps):
        error = corr2d(X, k) - Y
        k = k - lr * 2 / Y.numel() * corr2d(X, error)
    return k
