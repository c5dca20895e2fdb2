"""What is measured need not be trained."""

TRIPS = ["nll_kl.gradient"]

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=1).detach()
