"""Every step that is no step of one counts."""

TRIPS = ["guided_attention_loss.violation_value", "guided_attention_loss.diagonal_is_0"]

import math
from collections import Counter

import torch
from torch import nn


def monotonic_violation(A):
    centre = A @ torch.arange(A.shape[2], dtype=A.dtype)
    back = (centre[:, :-1] - centre[:, 1:]).abs()
    return back.sum() / max(back.numel(), 1)
