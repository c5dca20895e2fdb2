"""Lookahead that replaces p.data by a copy; noise through numpy's square root; a sum of cycles."""

import math

import torch


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    if t < T0:
        return lr_min + (lr_max - lr_min) * (1 + math.cos(math.pi * t / T0)) / 2
    return sgdr(t - T0, T0 * mult, mult, lr_max, lr_min)


def triangular(t, step_size, lo, hi):
    t %= 2 * step_size
    return lo + (hi - lo) * t / step_size if t <= step_size else hi - (hi - lo) * (t - step_size) / step_size


class Lookahead:
    def __init__(self, inner, k=5, alpha=0.5):
        self.inner, self.k, self.alpha, self.t = inner, k, alpha, 0
        self.slow = [[p.detach().clone() for p in group["params"]] for group in inner.param_groups]

    def step(self):
        self.inner.step()
        self.t += 1
        if self.t < self.k:
            return
        self.t = 0
        for group, slows in zip(self.inner.param_groups, self.slow):
            for i, p in enumerate(group["params"]):
                slows[i] = (1 - self.alpha) * slows[i] + self.alpha * p.detach()
                p.data = slows[i].clone()

    def zero_grad(self):
        self.inner.zero_grad(set_to_none=False)


def noisy_grad_(p, t, eta, gamma, generator):
    if p.grad is not None:
        numbers = torch.randn(p.numel(), generator=generator).to(p.dtype).reshape(p.shape)
        p.grad.data.add_(numbers, alpha=(eta / (1 + t) ** gamma) ** 0.5)
