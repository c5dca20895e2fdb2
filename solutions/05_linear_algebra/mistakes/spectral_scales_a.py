"""Scales A in place to length 1 before it starts."""

TRIPS = ["spectral_norm.input_unchanged"]

import torch


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], generator=generator, dtype=A.dtype)
    scale = A.detach().abs().max()
    if scale > 0 and not A.requires_grad:
        A /= scale
    else:
        scale = 1.0
    with torch.no_grad():
        for _ in range(iters):
            w = A.T @ (A @ v)
            length = w.norm()
            if length == 0:
                return A.sum() * 0
            v = w / length
    return scale * (A @ v).norm()
