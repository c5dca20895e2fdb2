"""The pixels of an image lie row by row in memory, so the strides follow from its shape."""

TRIPS = ["conv2d.noncontiguous"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    h, v = w.shape[2:]
    if padding:
        x = F.pad(x, (padding, padding, padding, padding)).contiguous()
    n, c, height, width = x.shape
    if h > height or v > width:
        raise ValueError("the kernel does not fit")
    rows, columns = (height - h) // stride + 1, (width - v) // stride + 1
    steps = (c * height * width, height * width, stride * width, stride, width, 1)
    windows = x.as_strided((n, c, rows, columns, h, v), steps)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
