"""A batch is a list of images."""

TRIPS = ["max_pool2d.no_python_loop", "max_pool2d.empty_batch"]

import math

import torch
import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return torch.stack([one.amax((3, 4)) for one in windows])
