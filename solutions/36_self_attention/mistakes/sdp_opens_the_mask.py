"""A row that hides everything is opened, and its result struck out."""

TRIPS = ["sdp_attention.inputs_unchanged"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    if mask.dim() > 1 and 0 not in mask.stride():
        mask |= ~sees
    return torch.softmax(scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0), dim=-1) * sees @ v
