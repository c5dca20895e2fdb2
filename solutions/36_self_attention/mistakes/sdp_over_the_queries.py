"""Softmax goes over the first of the two dimensions."""

TRIPS = ["sdp_attention.rows_sum_to_1", "sdp_attention.value", "sdp_attention.example"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is not None:
        scores = scores.masked_fill(~mask, -1e30)
    return torch.softmax(scores, dim=-2) @ v
