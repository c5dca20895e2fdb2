"""Every group is divided by the stride."""

TRIPS = ["low_rank_keys.compress_mean", "low_rank_keys.example"]

import math

import torch


def compress_keys(k, stride):
    return torch.stack([part.sum(dim=1) / stride for part in k.split(stride, dim=1)], dim=1)
