"""Interpolation between corners, closed forms, slow weights in a dictionary, noise by normal_."""

import math

import numpy as np
import torch


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t >= total:
        return lr_min
    if t >= warmup:
        return lr_min + (lr_max - lr_min) * math.cos(math.pi / 2 * (t - warmup) / (total - warmup)) ** 2
    return (t + 1) * (lr_max / warmup)


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    begin = i = 0
    while begin + T0 * mult**i <= t:
        begin += T0 * mult**i
        i += 1
    phase = math.pi * (t - begin) / (T0 * mult**i)
    return 0.5 * (lr_max + lr_min) + 0.5 * (lr_max - lr_min) * math.cos(phase)


def triangular(t, step_size, lo, hi):
    cycle = math.floor(1 + t / (2 * step_size))
    x = abs(t / step_size - 2 * cycle + 1)
    return lo + (hi - lo) * max(0.0, 1 - x)


def one_cycle(t, total, lo, hi, final):
    corners = [0.0, 0.45 * total, 0.9 * total, total]
    return np.interp(t, corners, [lo, hi, lo, final]), float(np.interp(t, corners, [0.95, 0.85, 0.95, 0.95]))


def noam(t, d_model, warmup):
    if t == 0:
        return 0
    return d_model**-0.5 * (t * warmup**-1.5 if t < warmup else t**-0.5)


def step_decay(t, lr0, gamma, every):
    for _ in range(every, t + 1, every):
        lr0 = lr0 * gamma
    return lr0


def exponential(t, lr0, gamma):
    return lr0 * math.exp(t * math.log(gamma))


class Lookahead:
    def __init__(self, inner, k=5, alpha=0.5):
        self.opt, self.left, self.k, self.alpha = inner, k, k, alpha
        self.slow = {p: p.data.clone() for group in inner.param_groups for p in group["params"]}

    def step(self):
        self.opt.step()
        self.left -= 1
        if self.left == 0:
            self.left = self.k
            for p, slow in self.slow.items():
                slow.lerp_(p.data, self.alpha)
                p.data.copy_(slow)

    def zero_grad(self):
        for p in self.slow:
            p.grad = None


def swats_gamma(p_step, g):
    p, q = p_step.reshape(-1).double(), g.reshape(-1).double()
    along = -torch.dot(p, q)
    return (torch.dot(p, p) / along).item() if along != 0 else None


def should_switch(lam, gamma, beta2, t, eps):
    if t == 1:
        return False
    return -eps < lam / (1 - beta2**t) - gamma < eps


@torch.no_grad()
def noisy_grad_(p, t, eta, gamma, generator):
    if p.grad is None:
        return
    p.grad.add_(torch.empty_like(p.grad).normal_(0.0, (eta * (1 + t) ** -gamma) ** 0.5, generator=generator))
