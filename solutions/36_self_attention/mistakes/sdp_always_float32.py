"""float32 is precise enough."""

TRIPS = ["sdp_attention.value"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = (q.float() @ k.float().transpose(-2, -1) / math.sqrt(q.shape[-1])).to(q.dtype)
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0)
    return (torch.softmax(scores, dim=-1) * sees) @ v
