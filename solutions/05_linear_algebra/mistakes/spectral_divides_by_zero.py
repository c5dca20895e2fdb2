"""A vector can always be scaled to length 1."""

TRIPS = ["spectral_norm.rank1_and_zero"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    with torch.no_grad():
        for _ in range(iters):
            w = A.T @ (A @ v)
            length = w.norm()
            v = w / length
    return (A @ v).norm()
