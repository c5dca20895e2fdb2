"""A transposed convolution is another function than a convolution, so it may be used."""

TRIPS = ["conv2d_backward.no_builtin"]

import torch
import torch.nn.functional as F


def conv2d_backward(dy, x, w, stride=1, padding=0):
    h, v = w.shape[2:]
    windows = F.pad(x, (padding, padding, padding, padding)).unfold(2, h, stride).unfold(3, v, stride)
    dw = torch.einsum("nohw,nchwij->ocij", dy, windows)
    wide = F.conv_transpose2d(dy, w, stride=stride)
    below = x.shape[2] + 2 * padding - wide.shape[2]
    right = x.shape[3] + 2 * padding - wide.shape[3]
    wide = F.pad(wide, (0, right, 0, below))
    dx = wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dy.sum((0, 2, 3))
