"""Output i belongs to input i."""

TRIPS = [
    "guided_attention_loss.rectangular_uses_relative_position",
    "guided_attention_loss.antidiagonal_larger",
    "guided_attention_loss.picture",
]

import math
from collections import Counter

import torch
from torch import nn


def guided_loss(A, sigma=0.2):
    Tq, Tk = A.shape[1:]
    gap = torch.arange(Tq, dtype=A.dtype)[:, None] - torch.arange(Tk, dtype=A.dtype)
    return (A * (1 - (-gap.square() / (2 * sigma**2)).exp())).mean()
