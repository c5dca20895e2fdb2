"""The heads see what one of them sees."""

TRIPS = ["patterns.union_over_heads", "patterns.example"]

import math

import torch


def head_mix(masks):
    return torch.stack(masks).any(0, keepdim=True).expand(len(masks), -1, -1)
