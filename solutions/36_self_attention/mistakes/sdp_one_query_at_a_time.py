"""Every query asks by itself."""

TRIPS = ["sdp_attention.vectorised"]

import math

import torch


def attention(q, k, v, mask=None):
    if mask is not None:
        mask = mask.expand(*q.shape[:-1], k.shape[-2])
    rows = []
    for i in range(q.shape[-2]):
        scores = (k * q[..., i : i + 1, :]).sum(-1) / math.sqrt(q.shape[-1])
        if mask is not None:
            sees = mask[..., i, :].any(-1, keepdim=True)
            scores = scores.masked_fill(~mask[..., i, :], -math.inf).masked_fill(~sees, 0.0)
        weights = torch.softmax(scores, -1)
        if mask is not None:
            weights = weights * sees
        rows.append((weights.unsqueeze(-1) * v).sum(-2))
    return torch.stack(rows, -2) if rows else q.new_zeros(*q.shape[:-1], v.shape[-1])
