"""Multiplies by A twice and never by its transpose."""

TRIPS = ["spectral_norm.value"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    with torch.no_grad():
        for _ in range(iters):
            w = A @ (A @ v) if A.shape[0] == A.shape[1] else (A.T @ (A @ v)).abs()
            length = w.norm()
            if length == 0:
                return A.sum() * 0
            v = w / length
    return (A @ v).norm()
