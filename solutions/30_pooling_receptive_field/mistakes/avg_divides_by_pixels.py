"""The mean of a window at the border is the mean of the pixels that exist."""

TRIPS = ["max_pool2d.avg_count_include_pad", "max_pool2d.example_average"]

import torch
import torch.nn.functional as F


def avg_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=0.0)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    ones = F.pad(torch.ones_like(x), (padding, padding, padding, padding))
    count = ones.unfold(2, k, stride).unfold(3, k, stride).sum((4, 5))
    return windows.sum((4, 5)) / count
