"""dim=0 sums each row."""

TRIPS = ["nll_kl.ce_decomposition", "nll_kl.example"]

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=0)
