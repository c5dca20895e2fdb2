"""Values are only looked up."""

TRIPS = ["local_attention.gradient"]

import math

import torch


def local_attention(q, k, v, w):
    n, d = q.shape[1:]
    w = min(w, n - 1)
    near = torch.arange(n)[:, None] + torch.arange(-w, w + 1)
    inside = (near >= 0) & (near < n)
    near = near.clamp(0, n - 1)
    scores = (q[:, :, None] * k[:, near]).sum(dim=-1) / math.sqrt(d)
    weights = scores.masked_fill(~inside, -math.inf).softmax(dim=-1)
    return (weights[:, :, None] @ v.detach()[:, near])[:, :, 0]
