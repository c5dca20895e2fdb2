"""Running sums are made in a loop."""

TRIPS = ["linear_attention.vectorised"]

import math

import torch


def linear_attention(q, k, v, causal=False):
    q, k = (torch.nn.functional.elu(q) + 1, torch.nn.functional.elu(k) + 1)
    if causal:
        parts = (k[..., None] * v[:, :, None]).unbind(1)
        state = torch.stack([sum(parts[1 : i + 1], parts[0]) for i in range(len(parts))], 1)
        total = k.cumsum(dim=1)
        return (q[:, :, None] @ state)[:, :, 0] / (q * total).sum(dim=-1, keepdim=True)
    total = k.sum(dim=1)
    return q @ (k.mT @ v) / (q @ total[..., None])
