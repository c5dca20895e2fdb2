"""A kernel must not be larger than the image."""

TRIPS = ["conv2d.refuses"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    if x.shape[2] < w.shape[2] or x.shape[3] < w.shape[3]:
        raise ValueError("the kernel does not fit")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
