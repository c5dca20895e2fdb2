"""unsqueeze_ saves a copy of the bias."""

TRIPS = ["conv2d.input_unchanged"]
ALSO = ["learn_kernel.example_logits"]

import torch
import torch.nn.functional as F


def conv2d(x, w, b=None, stride=1, padding=0):
    if x.shape[1] != w.shape[1]:
        raise ValueError("channels")
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    result = torch.einsum("nchwij,ocij->nohw", windows, w)
    return result if b is None else result + b.unsqueeze_(1).unsqueeze_(2)
