"""A score of 0 means no attention."""

TRIPS = ["sdp_attention.masked_value_has_no_influence", "sdp_attention.masked"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is not None:
        scores = scores * mask
    return torch.softmax(scores, dim=-1) @ v
