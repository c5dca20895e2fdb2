"""Everything stands inside no_grad, for speed."""

TRIPS = ["spectral_norm.gradient"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    with torch.no_grad():
        for _ in range(iters):
            w = A.T @ (A @ v)
            length = w.norm()
            if length == 0:
                return A.sum() * 0
            v = w / length
        return (A @ v).norm()
