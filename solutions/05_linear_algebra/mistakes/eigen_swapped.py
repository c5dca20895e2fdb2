"""First the vector, then its value."""

TRIPS = ["top_eigen.eigen_equation", "top_eigen.example"]

import torch


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(len(A), generator=generator, dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A @ v
        length = w.norm()
        if length == 0:
            break
        v = w / length
    return v, v @ (A @ v)
