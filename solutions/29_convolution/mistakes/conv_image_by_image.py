"""A batch is a list of images."""

TRIPS = ["conv2d.no_python_loop_over_batch"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = [torch.einsum("chwij,ocij->ohw", one, w) for one in windows]
    if not result:
        return torch.einsum("nchwij,ocij->nohw", windows, w)
    result = torch.stack(result)
    return result if b is None else result + b[:, None, None]
