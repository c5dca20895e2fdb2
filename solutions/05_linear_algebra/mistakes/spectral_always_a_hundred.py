"""A hundred steps are always enough."""

TRIPS = ["spectral_norm.uses_iters"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    with torch.no_grad():
        for _ in range(100):
            w = A.T @ (A @ v)
            length = w.norm()
            if length == 0:
                return A.sum() * 0
            v = w / length
    return (A @ v).norm()
