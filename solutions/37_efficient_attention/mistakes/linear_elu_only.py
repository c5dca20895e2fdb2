"""elu is the kernel."""

TRIPS = ["linear_attention.equals_quadratic_form"]

import math

import torch


def linear_attention(q, k, v, causal=False):
    q, k = (torch.nn.functional.elu(q), torch.nn.functional.elu(k))
    if causal:
        state = (k[..., None] * v[:, :, None]).cumsum(dim=1)
        total = k.cumsum(dim=1)
        return (q[:, :, None] @ state)[:, :, 0] / (q * total).sum(dim=-1, keepdim=True)
    total = k.sum(dim=1)
    return q @ (k.mT @ v) / (q @ total[..., None])
