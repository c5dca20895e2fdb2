"""The normaliser is only a number."""

TRIPS = ["linear_attention.gradient"]

import math

import torch


def linear_attention(q, k, v, causal=False):
    q, k = (torch.nn.functional.elu(q) + 1, torch.nn.functional.elu(k) + 1)
    if causal:
        state = (k[..., None] * v[:, :, None]).cumsum(dim=1)
        total = k.cumsum(dim=1)
        return (q[:, :, None] @ state)[:, :, 0] / (q * total).sum(dim=-1, keepdim=True)
    total = k.sum(dim=1)
    return q @ (k.mT @ v) / (q @ total[..., None]).detach()
