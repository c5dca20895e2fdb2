"""Every pixel of the result is a sum of its own."""

TRIPS = ["conv2d.no_python_loop_over_pixels"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    h, v = w.shape[2:]
    padded = F.pad(x, (padding, padding, padding, padding))
    starts = [range(0, padded.shape[2] - h + 1, stride), range(0, padded.shape[3] - v + 1, stride)]
    if not starts[0] or not starts[1]:
        raise ValueError("the kernel does not fit")
    kernels = w.flatten(1).T
    rows = [torch.stack([padded[:, :, i : i + h, j : j + v].flatten(1) @ kernels for j in starts[1]], 2) for i in starts[0]]
    result = torch.stack(rows, 2)
    return result if b is None else result + b[:, None, None]
