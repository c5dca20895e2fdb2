"""torch has this function."""

TRIPS = ["sdp_attention.no_builtin"]
ALSO = ["multihead_attention.no_builtin", "train_recall.no_builtin"]

import math

import torch


def attention(q, k, v, mask=None):
    import torch.nn.functional as F

    if mask is None:
        return F.scaled_dot_product_attention(q, k, v)
    sees = mask.any(dim=-1, keepdim=True)
    full = (mask | ~sees).expand(*q.shape[:-1], k.shape[-2])
    return F.scaled_dot_product_attention(q, k, v, full) * sees
