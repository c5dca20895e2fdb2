"""A special token sees everybody."""

TRIPS = ["patterns.global_row_and_column", "patterns.example"]

import math

import torch


def global_mask(n, idx):
    mask = torch.eye(n, dtype=torch.bool)
    mask[idx, :] = True
    return mask
