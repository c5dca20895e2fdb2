"""Shifts the diagonal a little in place, for safety."""

TRIPS = ["top_eigen.input_unchanged"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    v = v / v.norm()
    A.diagonal().mul_(1 + 1e-12)
    for _ in range(iters):
        w = A @ v
        length = w.norm()
        if length == 0:
            break
        v = w / length
    return v @ (A @ v), v
