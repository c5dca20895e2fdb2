"""The numbers of x lie in memory in the order of its dimensions."""

TRIPS = ["split_merge.merge_value"]

import torch


def merge_heads(x):
    B, h, n, c = x.shape
    strides = (h * n * c, c, n * c, 1)
    return torch.as_strided(x, (B, n, h, c), strides, x.storage_offset()).reshape(B, n, h * c)
