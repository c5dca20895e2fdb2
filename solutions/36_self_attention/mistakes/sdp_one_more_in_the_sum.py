"""A 1 in the denominator makes the case without keys harmless."""

TRIPS = ["sdp_attention.rows_sum_to_1", "sdp_attention.value"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    top = scores.amax(-1, keepdim=True).clamp(min=0)
    powers = (scores - top).exp()
    return powers / ((-top).exp() + powers.sum(-1, keepdim=True)) @ v
