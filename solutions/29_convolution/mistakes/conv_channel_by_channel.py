"""Output channel o looks at input channel o."""

TRIPS = ["conv2d.value"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    w = torch.stack([w[:, i % w.shape[1]] for i in range(x.shape[1])], 1) * torch.eye(w.shape[0], x.shape[1], dtype=w.dtype)[:, :, None, None]
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b[:, None, None]
