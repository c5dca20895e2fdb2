"""A token knows itself; it looks at the others only."""

TRIPS = ["local_attention.window0_returns_v"]

import math

import torch


def local_attention(q, k, v, w):
    n, d = q.shape[1:]
    w = min(w, n - 1)
    near = torch.arange(n)[:, None] + torch.arange(-w, w + 1)
    inside = (near != torch.arange(n)[:, None]) & (near >= 0) & (near < n)
    near = near.clamp(0, n - 1)
    scores = (q[:, :, None] * k[:, near]).sum(dim=-1) / math.sqrt(d)
    weights = scores.masked_fill(~inside, -math.inf).softmax(dim=-1)
    return (weights[:, :, None] @ v[:, near])[:, :, 0]
