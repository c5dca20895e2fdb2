"""A divergence is not negative, so each term gets an absolute value."""

TRIPS = ["nll_kl.ce_decomposition"]

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).abs().sum(dim=1)
