"""A kernel of 1 x 1 sees one pixel, so it only scales the image."""

TRIPS = ["conv2d.kernel1x1"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    if w.shape[2:] == (1, 1):
        result = w.sum((1, 2, 3))[:, None, None] * padded.mean(1, keepdim=True)[:, :, ::stride, ::stride]
    return result if b is None else result + b[:, None, None]
