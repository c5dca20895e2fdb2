"""The start is scaled in the first step anyway."""

TRIPS = ["top_eigen.zero_matrix"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    for _ in range(iters):
        w = A @ v
        length = w.norm()
        if length == 0:
            break
        v = w / length
    return v @ (A @ v), v
