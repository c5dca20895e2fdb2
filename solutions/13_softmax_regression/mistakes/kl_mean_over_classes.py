"""A mean over the classes keeps the number small."""

TRIPS = ["nll_kl.ce_decomposition", "nll_kl.example"]

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).mean(dim=1)
