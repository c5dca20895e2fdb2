"""The loss is the sum of the squared errors."""

TRIPS = ["learn_kernel.kernel", "learn_kernel.steps", "learn_kernel.example"]

import torch


def learn_edge_kernel(X, Y, steps, generator, lr=0.3):
    k = torch.randn(1, 2, generator=generator, dtype=X.dtype)
    for _ in range(steps):
        error = corr2d(X, k) - Y
        k = k - lr * 2 * corr2d(X, error)
    return k
