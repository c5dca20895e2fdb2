"""The summed dimension stays, with size 1."""

import math

import torch

TRIPS = ["stable_ops.logsumexp_value", "stable_ops.example"]


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        raise ValueError("empty")
    top = x.detach().amax(dim, keepdim=True)
    top = torch.where(top == -math.inf, 0.0, top)
    return (x - top).exp().sum(dim, keepdim=True).log() + top
