"""Scales by the largest entry."""

TRIPS = ["top_eigen.unit_vector", "top_eigen.sign_free", "top_eigen.example"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A @ v
        length = w.abs().max()
        if length == 0:
            break
        v = w / length
    return v @ (A @ v) / (v @ v), v
