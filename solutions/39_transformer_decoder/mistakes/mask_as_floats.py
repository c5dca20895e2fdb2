"""A mask is 0 and minus infinity."""

TRIPS = ["causal_mask.dtype_bool"]

import torch


def causal_mask(n):
    return torch.full((n, n), float("-inf")).triu(1)
