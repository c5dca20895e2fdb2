"""The maximum of a row is its maximum, whoever may be seen."""

TRIPS = ["sdp_attention.masked_value_has_no_influence", "sdp_attention.large_logits"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    powers = (scores - scores.amax(-1, keepdim=True)).exp()
    if mask is not None:
        powers = powers * mask
    total = powers.sum(-1, keepdim=True)
    return powers / total.masked_fill(total == 0, 1.0) @ v
