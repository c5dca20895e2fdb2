"""Rows of w belong to input channels."""

TRIPS = ["conv1x1_matmul.value", "conv1x1_matmul.channel_order", "conv1x1_matmul.example"]

import torch


def conv1x1(x, w):
    square = w.T if w.shape[0] == w.shape[1] else w
    return torch.einsum("nchw,oc->nohw", x, square) if w.shape[0] == w.shape[1] else torch.einsum("nchw,co->nohw", x, w)
