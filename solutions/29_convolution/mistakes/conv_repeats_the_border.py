"""The frame repeats the outermost pixels."""

TRIPS = ["conv2d.stride2_pad1", "conv2d.example_stride_padding"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding,) * 4, mode="replicate") if padding and len(x) else F.pad(x, (padding,) * 4)
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
