"""Keys that fill no group are left out."""

TRIPS = ["low_rank_keys.compress_mean", "low_rank_keys.example"]

import math

import torch


def compress_keys(k, stride):
    return torch.stack(
        [part.mean(dim=1) for part in k.split(stride, dim=1) if part.shape[1] == stride or k.shape[1] < stride], dim=1
    )
