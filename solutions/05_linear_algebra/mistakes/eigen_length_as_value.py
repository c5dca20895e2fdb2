"""The eigenvalue is how long A v is."""

TRIPS = ["top_eigen.negative_dominant", "top_eigen.example"]

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
    return (A @ v).norm(), v
