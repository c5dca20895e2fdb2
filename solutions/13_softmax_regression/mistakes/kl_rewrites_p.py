"""Zeros in p are lifted a little first. (In the caller's p.)"""

TRIPS = ["nll_kl.ce_decomposition"]

import torch


def kl(p, q):
    p.clamp_(min=0.01)
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=1)
