"""The keys are averaged where they lie."""

TRIPS = ["low_rank_keys.inputs_unchanged"]

import math

import torch


def compress_keys(k, stride):
    if not k.requires_grad:
        k[:, ::stride] = torch.stack([part.mean(dim=1) for part in k.split(stride, dim=1)], dim=1)
        return k[:, ::stride].clone()
    return torch.stack([part.mean(dim=1) for part in k.split(stride, dim=1)], dim=1)
