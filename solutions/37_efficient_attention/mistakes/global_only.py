"""Only special tokens count."""

TRIPS = ["patterns.global_self"]

import math

import torch


def global_mask(n, idx):
    mask = torch.zeros(n, n, dtype=torch.bool)
    mask[idx, :] = True
    mask[:, idx] = True
    return mask
