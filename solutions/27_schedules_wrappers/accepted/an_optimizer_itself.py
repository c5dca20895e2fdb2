"""Lookahead is itself an optimiser of torch, with its slow weights by parameter; the half wave is a square."""

import math

import torch


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * (t + 1) / warmup
    u = min((t - warmup) / (total - warmup), 1.0)
    return lr_min + (lr_max - lr_min) * math.cos(math.pi * u / 2) ** 2


def triangular(t, step_size, lo, hi):
    cycle = math.floor(1 + t / (2 * step_size))
    return lo + (hi - lo) * max(0, 1 - abs(t / step_size - 2 * cycle + 1))


def step_decay(t, lr0, gamma, every):
    for _ in range(t // every):
        lr0 = lr0 * gamma
    return lr0


class Lookahead(torch.optim.Optimizer):
    def __init__(self, inner, k=5, alpha=0.5):
        self.inner, self.k, self.alpha, self.count = inner, k, alpha, 0
        self.param_groups = inner.param_groups
        self.slow = {p: p.data.clone() for group in self.param_groups for p in group["params"]}

    def step(self, closure=None):
        loss = self.inner.step()
        self.count = (self.count + 1) % self.k
        if self.count == 0:
            for p, slow in self.slow.items():
                slow.lerp_(p.data, self.alpha)
                p.data.copy_(slow)
        return loss

    def zero_grad(self):
        self.inner.zero_grad()


def noisy_grad_(p, t, eta, gamma, generator):
    if p.grad is not None:
        std = (eta / (1 + t) ** gamma) ** 0.5
        p.grad += torch.normal(0.0, std, p.grad.shape, generator=generator, dtype=p.grad.dtype)
