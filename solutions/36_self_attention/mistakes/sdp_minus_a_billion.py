"""Minus a billion is as good as minus infinity."""

TRIPS = ["sdp_attention.fully_masked_row_zero", "sdp_attention.low_scores_beside_hidden_keys", "sdp_attention.example_masked"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return torch.softmax(scores, dim=-1) @ v
