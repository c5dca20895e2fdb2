"""The d under the root is the width of the values."""

TRIPS = ["sdp_attention.value", "sdp_attention.Nq_ne_Nk"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(v.shape[-1])
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    sees = mask.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~mask, -math.inf).masked_fill(~sees, 0.0)
    return (torch.softmax(scores, dim=-1) * sees) @ v
