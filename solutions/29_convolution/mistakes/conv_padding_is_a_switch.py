"""padding says whether there is a frame of zeros; it is one pixel wide."""

TRIPS = ["conv2d.any_stride_padding"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padding = min(padding, 1)
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
