"""Padding means zeros, as in a convolution."""

TRIPS = ["max_pool2d.negative_inputs_padding"]

import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=0.0)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return windows.amax((4, 5))
