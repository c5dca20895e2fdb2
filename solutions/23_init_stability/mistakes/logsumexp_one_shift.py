"""One maximum for the whole tensor is enough."""

import math

import torch

TRIPS = ["stable_ops.large"]


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        raise ValueError("empty")
    top = x.detach().amax() if x.numel() else x.new_zeros(())
    top = torch.where(top == -math.inf, 0.0, top)
    return (x - top).exp().sum(dim).log() + top
