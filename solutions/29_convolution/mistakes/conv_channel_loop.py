"""Channels are few, so a loop over them costs nothing."""

TRIPS = ["conv2d.no_python_loop_over_pixels"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = sum(torch.einsum("nhwij,oij->nohw", windows[:, c], w[:, c]) for c in range(x.shape[1]))
    return result if b is None else result + b[:, None, None]
