"""Computes both formulas everywhere and lets torch.where choose."""

import math

import torch

TRIPS = ["stable_ops.log1mexp"]


def log1mexp(x):
    near = x > -math.log(2.0)
    return torch.where(near, torch.log(-torch.expm1(x)), torch.log1p(-torch.exp(x)))
