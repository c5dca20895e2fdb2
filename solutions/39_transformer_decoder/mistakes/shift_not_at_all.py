"""The decoder reads what it shall say."""

TRIPS = ["shift_right.value", "shift_right.T1", "shift_right.example"]

import torch


def shift_right(y, bos):
    first = torch.full_like(y[:, :1], bos)
    return y.clone()
