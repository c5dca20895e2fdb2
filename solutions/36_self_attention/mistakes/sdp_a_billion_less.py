"""Subtracting a billion hides a key."""

TRIPS = ["sdp_attention.low_scores_beside_hidden_keys"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    return torch.softmax(scores - 1e9 * (~mask).to(q.dtype), dim=-1) * sees @ v
