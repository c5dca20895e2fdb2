"""Every pixel that equals the maximum gets the whole gradient."""

TRIPS = ["max_pool2d.grad"]

import math

import torch
import torch.nn.functional as F


class _Max(torch.autograd.Function):
    @staticmethod
    def forward(ctx, windows):
        ctx.save_for_backward(windows)
        return windows.amax((4, 5))

    @staticmethod
    def backward(ctx, slope):
        (windows,) = ctx.saved_tensors
        return (windows == windows.amax((4, 5), keepdim=True)) * slope[..., None, None]


def max_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    if padding > k // 2 or min(x.shape[2:]) + 2 * padding < k:
        raise ValueError("the window makes no sense here")
    padded = F.pad(x, (padding, padding, padding, padding), value=-math.inf)
    windows = padded.unfold(2, k, stride).unfold(3, k, stride)
    return _Max.apply(windows)
