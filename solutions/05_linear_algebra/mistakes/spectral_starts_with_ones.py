"""Ones are as good as random numbers."""

TRIPS = ["spectral_norm.unlucky_start", "spectral_norm.generator_only"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.ones(A.shape[1], dtype=A.dtype)
    with torch.no_grad():
        for _ in range(iters):
            w = A.T @ (A @ v)
            length = w.norm()
            if length == 0:
                return A.sum() * 0
            v = w / length
    return (A @ v).norm()
