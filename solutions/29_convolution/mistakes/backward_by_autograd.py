"""Differentiating is what autograd is for."""

TRIPS = ["conv2d_backward.no_autograd"]

import torch


def conv2d_backward(dy, x, w, stride=1, padding=0):
    with torch.enable_grad():
        x, w = x.detach().requires_grad_(), w.detach().requires_grad_()
        b = torch.zeros(w.shape[0], dtype=w.dtype, requires_grad=True)
        return torch.autograd.grad(conv2d(x, w, b, stride, padding), (x, w, b), dy)
