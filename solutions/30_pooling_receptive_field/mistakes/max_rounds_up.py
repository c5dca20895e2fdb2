"""What is left over at the end gets a window, too."""

TRIPS = ["max_pool2d.odd_size_floor", "max_pool2d.value"]

import math

import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding + stride - 1, padding, padding + stride - 1), value=-math.inf) if stride == k else F.pad(x, (padding,) * 4, value=-math.inf)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return windows.amax((4, 5))
