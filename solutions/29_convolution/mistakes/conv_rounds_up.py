"""What is left over at the end gets a window, too, with zeros where the image ends."""

TRIPS = ["conv2d.stride2_pad1", "conv2d.any_stride_padding"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    below = -(x.shape[2] + 2 * padding - w.shape[2]) % stride
    right = -(x.shape[3] + 2 * padding - w.shape[3]) % stride
    padded = F.pad(x, (padding, padding + right, padding, padding + below))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
