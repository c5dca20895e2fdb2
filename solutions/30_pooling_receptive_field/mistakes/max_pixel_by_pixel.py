"""Every window is a loop step."""

TRIPS = ["max_pool2d.no_python_loop"]

import math

import torch
import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    starts = [range(0, size - k + 1, stride) for size in padded.shape[2:]]
    rows = [torch.stack([padded[:, :, i : i + k, j : j + k].amax((2, 3)) for j in starts[1]], 2) for i in starts[0]]
    return torch.stack(rows, 2)
