"""The size of dx follows from dy, the kernel and the stride."""

TRIPS = ["conv2d_backward.untouched_pixels", "conv2d_backward.vs_autograd"]

import torch
import torch.nn.functional as F


def conv2d_backward(dy, x, w, stride=1, padding=0):
    h, v = w.shape[2:]
    padded = F.pad(x, (padding, padding, padding, padding))
    windows = padded.unfold(2, h, stride).unfold(3, v, stride)
    dw = torch.einsum("nohw,nchwij->ocij", dy, windows)
    wide = x.new_zeros(x.shape[0], x.shape[1], stride * (dy.shape[2] - 1) + h, stride * (dy.shape[3] - 1) + v)
    for p in range(h):
        for q in range(v):
            seen = wide[:, :, p : p + stride * dy.shape[2] : stride, q : q + stride * dy.shape[3] : stride]
            seen += torch.einsum("nohw,oc->nchw", dy, w[:, :, p, q])
    return wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]], dw, dy.sum((0, 2, 3))
