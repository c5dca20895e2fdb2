"""Multiplies twice, so that the sign does not jump."""

TRIPS = ["top_eigen.one_step_each"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A @ (A @ v)
        length = w.norm()
        if length == 0:
            break
        v = w / length
    return v @ (A @ v), v
