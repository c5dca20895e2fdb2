"""The divergence is the sum of -p log q."""

TRIPS = ["nll_kl.nonnegative", "nll_kl.ce_decomposition", "nll_kl.example"]

import torch


def kl(p, q):
    return -torch.xlogy(p, q).sum(dim=1)
