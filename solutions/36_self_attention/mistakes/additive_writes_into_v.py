"""v has length 1 afterwards."""

TRIPS = ["additive_attention.different_dims"]

import torch


def additive_scores(q, k, Wq, Wk, v):
    scores = torch.tanh((q @ Wq)[:, :, None] + (k @ Wk)[:, None]) @ v
    if not v.requires_grad and v.stride(0) == 1:
        v /= v.norm()
    return scores
