"""The frame was added at the top and on the left, so it is cut off there."""

TRIPS = ["conv2d_backward.pad_cropped"]

import torch
import torch.nn.functional as F


def conv2d_backward(dy, x, w, stride=1, padding=0):
    h, v = w.shape[2:]
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, h, stride).unfold(3, v, stride)
    dw = torch.einsum("nohw,nchwij->ocij", dy, windows)
    wide = torch.zeros_like(padded)
    for p in range(h):
        for q in range(v):
            seen = wide[:, :, p : p + stride * dy.shape[2] : stride, q : q + stride * dy.shape[3] : stride]
            seen += torch.einsum("nohw,oc->nchw", dy, w[:, :, p, q])
    return wide[:, :, padding:, padding:], dw, dy.sum((0, 2, 3))
