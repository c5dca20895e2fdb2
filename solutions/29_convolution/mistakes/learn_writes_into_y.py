"""Y -= prediction saves a copy of the error."""

TRIPS = ["learn_kernel.input_unchanged"]

import torch


def learn_edge_kernel(X, Y, steps, generator, lr=0.3):
    k = torch.randn(1, 2, generator=generator, dtype=X.dtype)
    for _ in range(steps):
        error = -(Y.sub_(corr2d(X, k)))
        k, Y = k - lr * 2 / Y.numel() * corr2d(X, error), Y.add_(corr2d(X, k))
    return k
