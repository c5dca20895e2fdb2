"""The divergence of a batch is the mean over its rows."""

TRIPS = ["nll_kl.ce_decomposition", "nll_kl.example"]

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=1).mean()
