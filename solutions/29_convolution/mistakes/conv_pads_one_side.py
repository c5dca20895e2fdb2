"""padding is how many rows and columns are added, on the left and at the top."""

TRIPS = ["conv2d.stride2_pad1", "conv2d.example_stride_padding"]
ALSO = ["learn_kernel.example_logits"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, 0, padding, 0))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
