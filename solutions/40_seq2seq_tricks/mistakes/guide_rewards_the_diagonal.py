"""Attention on the diagonal is rewarded."""

TRIPS = ["guided_attention_loss.diagonal_is_0", "guided_attention_loss.example"]

import math
from collections import Counter

import torch
from torch import nn


def guided_loss(A, sigma=0.2):
    Tq, Tk = A.shape[1:]
    gap = torch.arange(Tq, dtype=A.dtype)[:, None] / Tq - torch.arange(Tk, dtype=A.dtype) / Tk
    return (A * (-gap.square() / (2 * sigma**2)).exp()).mean()
