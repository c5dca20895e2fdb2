"""A window must not be larger than the image."""

TRIPS = ["max_pool2d.refuses"]

import math

import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) < k:
        raise ValueError("the window does not fit")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return windows.amax((4, 5))
