"""Loops over places where they are allowed, slices of the padded image, gradients by a convolution, autograd to learn."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if not (rows > 0 and columns > 0):
        raise ValueError("too large")
    result = torch.zeros(rows, columns, dtype=x.dtype, device=x.device)
    for i in range(rows):
        for j in range(columns):
            result[i, j] = (x[i : i + h, j : j + w] * k).sum()
    return result


def conv2d(x, w, b=None, stride=1, padding=0):
    n, c, height, width = x.shape
    o, channels, h, v = w.shape
    if c != channels:
        raise ValueError(f"{c} channels for kernels with {channels}")
    rows, columns = conv_out(height, h, stride, padding), conv_out(width, v, stride, padding)
    padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    total = x.new_zeros(n, o, rows, columns)
    for p in range(h):
        for q in range(v):
            seen = padded[:, :, p : p + (rows - 1) * stride + 1 : stride, q : q + (columns - 1) * stride + 1 : stride]
            total = total + torch.tensordot(seen, w[:, :, p, q], dims=([1], [1])).movedim(3, 1)
    return total if b is None else total + b.view(1, -1, 1, 1)


def conv2d_backward(dy, x, w, stride=1, padding=0):
    n, c, height, width = x.shape
    o, _, h, v = w.shape
    # dy with stride - 1 zeros between its numbers, in a frame in which the turned kernel reaches every pixel
    spread = dy.new_zeros(n, o, height + 2 * padding - h + 1, width + 2 * padding - v + 1)
    spread[:, :, : (dy.shape[2] - 1) * stride + 1 : stride, : (dy.shape[3] - 1) * stride + 1 : stride] = dy
    wide = conv2d(F.pad(spread, (v - 1, v - 1, h - 1, h - 1)), w.flip(2, 3).transpose(0, 1))
    dx = wide[:, :, padding : padding + height, padding : padding + width]
    padded = F.pad(x, (padding,) * 4)
    dw = conv2d(padded.transpose(0, 1), spread.transpose(0, 1)).transpose(0, 1) if n else torch.zeros_like(w)
    return dx, dw, dy.sum(dim=(0, 2, 3))


def conv_out(n, k, s, p, d=1):
    count = len(range(0, n + 2 * p - d * (k - 1), s))
    if count == 0:
        raise ValueError("does not fit")
    return count


def conv_params(C, O, k, bias):
    total = 0
    for _ in range(O):
        total += C * k**2
        if bias:
            total += 1
    return total


def conv1x1(x, w):
    return torch.einsum("oc,nchw->nohw", w, x)


def learn_edge_kernel(X, Y, steps, generator, lr=0.3):
    k = torch.randn((1, 2), generator=generator, dtype=X.dtype).requires_grad_()
    for _ in range(steps):
        loss = F.mse_loss(corr2d(X, k), Y)
        (slope,) = torch.autograd.grad(loss, k)
        with torch.no_grad():
            k -= lr * slope
    return k.detach()


class ScratchLeNet(nn.Module):
    def __init__(self, generator):
        super().__init__()

        def weights(*shape):
            bound = math.sqrt(6 / math.prod(shape[1:]))
            return nn.Parameter((2 * torch.rand(*shape, generator=generator) - 1) * bound)

        self.w1, self.b1 = weights(8, 1, 3, 3), nn.Parameter(torch.zeros(8))
        self.w2, self.b2 = weights(16, 8, 3, 3), nn.Parameter(torch.zeros(16))
        self.w3, self.b3 = weights(10, 64), nn.Parameter(torch.zeros(10))
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        x = self.pool(torch.relu(conv2d(x, self.w1, self.b1, 1, 1)))
        x = self.pool(torch.relu(conv2d(x, self.w2, self.b2, 1, 1)))
        return F.linear(x.reshape(len(x), 64), self.w3, self.b3)
