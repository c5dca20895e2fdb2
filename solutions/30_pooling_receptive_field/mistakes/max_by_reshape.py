"""An image is cut into tiles of k x k by one reshape."""

TRIPS = ["max_pool2d.odd_size_floor", "max_pool2d.stride_ne_kernel", "max_pool2d.negative_inputs_padding"]

import math

import torch.nn.functional as F


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    windows = padded[:, :, : -(-padded.shape[2] // k) * k].reshape(x.shape[0], x.shape[1], padded.shape[2] // k, k, padded.shape[3] // k, k).transpose(3, 4)
    return windows.amax((4, 5))
