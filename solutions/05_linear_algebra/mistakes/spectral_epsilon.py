"""A small number in the denominator is the usual protection against 0."""

TRIPS = ["spectral_norm.any_scale"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    with torch.no_grad():
        for _ in range(iters):
            w = A.T @ (A @ v)
            length = w.norm()
            v = w / (length + 1e-12)
    return (A @ v).norm()
