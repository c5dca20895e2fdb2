"""Without a stride the window moves pixel by pixel, as in a convolution."""

TRIPS = ["max_pool2d.value", "max_pool2d.example"]

import math

import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = 1 if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return windows.amax((4, 5))
