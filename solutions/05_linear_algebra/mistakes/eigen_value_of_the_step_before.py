"""The value is calculated before the last step."""

TRIPS = ["top_eigen.rayleigh"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A @ v
        length = w.norm()
        if length == 0:
            return length, v
        value = v @ w
        v = w / length
    return value, v
