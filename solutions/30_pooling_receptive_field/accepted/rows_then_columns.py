"""Pooling one direction after the other; places traced back one by one; backward into the image with frozen weights."""

import copy

import numpy as np
import torch
from torch import nn


def _one_way(x, dim, k, stride):
    return x.unfold(dim, k, stride)


def _checked(x, k, stride, padding, fill):
    assert k >= 1
    if padding > k // 2:
        raise RuntimeError("padding")
    padded = nn.ConstantPad2d(padding, fill)(x)
    return padded, stride or k


def max_pool2d(x, k, stride=None, padding=0):
    padded, step = _checked(x, k, stride, padding, -torch.inf)
    return _one_way(_one_way(padded, 3, k, step).max(-1).values, 2, k, step).max(-1).values


def avg_pool2d(x, k, stride=None, padding=0):
    padded, step = _checked(x, k, stride, padding, 0)
    return _one_way(_one_way(padded, 3, k, step).mean(-1), 2, k, step).mean(-1)


def global_avg_pool(x):
    return x.flatten(2).mean(2)


def receptive_field(layers):
    low = high = 0
    for k, stride in layers[::-1]:
        low, high = low * stride, high * stride + k - 1
    return high - low + 1


def empirical_rf(model, H):
    model = copy.deepcopy(model).requires_grad_(False)
    image = torch.ones(1, 1, H, H).requires_grad_()
    kind = [p.dtype for p in model.parameters()]
    out = model(image.to(kind[0]) if kind else image)
    weights = torch.zeros_like(out)
    weights[:, :, out.size(2) // 2, out.size(3) // 2] = 1
    out.backward(weights)
    touched = image.grad[0, 0].numpy() != 0
    return tuple(int(np.ptp(np.flatnonzero(touched.any(axis)))) + 1 if touched.any() else 0 for axis in (1, 0))


def conv1d_matrix(k, n):
    if len(k) > n:
        raise ValueError("longer than x")
    eye = torch.eye(n, dtype=k.dtype, device=k.device)
    return sum(k[a] * eye[a : a + n - len(k) + 1] for a in range(len(k)))


def shift_error(f, x, shift):
    rows, columns = np.roll(np.arange(x.shape[2]), shift[0]), np.roll(np.arange(x.shape[3]), shift[1])
    other = np.ix_(rows, columns)
    moved = x[:, :, other[0], other[1]]
    gap = f(moved) - f(x)[:, :, other[0], other[1]]
    return max(gap.max().item(), -gap.min().item(), 0.0)
