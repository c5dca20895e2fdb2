"""q is mine once it has been passed to me."""

TRIPS = ["sdp_attention.inputs_unchanged"]

import math

import torch


def attention(q, k, v, mask=None):
    with torch.no_grad():
        if q.stride() and 0 not in q.stride() and not q.requires_grad:
            q /= math.sqrt(q.shape[-1])
            scores = q @ k.transpose(-2, -1)
        else:
            scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if q.requires_grad or k.requires_grad:
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0)
    return (torch.softmax(scores, dim=-1) * sees) @ v
