"""Ones are as good as random numbers."""

TRIPS = ["top_eigen.unlucky_start", "top_eigen.generator_only"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.ones(len(A), dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A @ v
        length = w.norm()
        if length == 0:
            break
        v = w / length
    return v @ (A @ v), v
