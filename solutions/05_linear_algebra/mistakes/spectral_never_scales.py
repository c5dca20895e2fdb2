"""Scaling once at the end is enough."""

TRIPS = ["spectral_norm.any_scale"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    for _ in range(iters):
        v = (A.T @ (A @ v)).detach()
    if not bool(v.any()):
        return A.sum() * 0
    return (A @ v).norm() / v.norm()
