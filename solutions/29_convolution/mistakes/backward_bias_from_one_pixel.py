"""The bias is one number per image and channel, so dy is summed over the images."""

TRIPS = ["conv2d_backward.vs_autograd", "conv2d_backward.example"]

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
    return wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]], dw, dy.sum(0)[:, 0, 0]
