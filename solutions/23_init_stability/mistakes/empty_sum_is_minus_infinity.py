"""The logarithm of an empty sum is minus infinity."""

import math

import torch

TRIPS = ["stable_ops.empty_dim"]


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        return x.sum(dim) - math.inf
    top = x.detach().amax(dim, keepdim=True)
    top = torch.where(top == -math.inf, 0.0, top)
    return (x - top).exp().sum(dim).log() + top.squeeze(dim)
