"""where() removes the nan. (From the value; the gradient still meets it.)"""

TRIPS = ["nll_kl.gradient"]

import torch


def kl(p, q):
    return torch.where(p > 0, p * (p / q).log(), torch.zeros_like(p)).sum(dim=1)
