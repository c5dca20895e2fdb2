"""It is enough to strike out the weights after the softmax."""

TRIPS = ["sdp_attention.rows_sum_to_1", "sdp_attention.masked"]

import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])

    weights = torch.softmax(scores, dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ v
