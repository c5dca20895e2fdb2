"""A mask has the shape of the scores."""

TRIPS = ["sdp_attention.mask_broadcasts"]
ALSO = ["multihead_attention.example"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    scores[~mask] = -math.inf
    sees = mask.any(dim=-1)
    scores[~sees] = 0.0
    return torch.softmax(scores, dim=-1) * sees.unsqueeze(-1) @ v
