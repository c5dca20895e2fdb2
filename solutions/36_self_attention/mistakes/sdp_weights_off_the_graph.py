"""Only the values are learned; the weights are where they look."""

TRIPS = ["sdp_attention.gradcheck"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    scores = scores.detach()
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0)
    return (torch.softmax(scores, dim=-1) * sees) @ v
