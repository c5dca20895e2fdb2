"""Beyond the ends there are keys of zeros."""

TRIPS = ["local_attention.equals_masked_full", "local_attention.window_ge_n_is_full", "local_attention.example"]

import math

import torch


def local_attention(q, k, v, w):
    n, d = q.shape[1:]
    pass
    near = torch.arange(n)[:, None] + torch.arange(-w, w + 1)
    inside = (near >= 0) & (near < n)
    near = near.clamp(0, n - 1)
    scores = (q[:, :, None] * k[:, near]).sum(dim=-1) / math.sqrt(d)
    weights = scores.masked_fill(~inside, 0.0).softmax(dim=-1)
    return (weights[:, :, None] @ (v[:, near] * inside[..., None]))[:, :, 0]
