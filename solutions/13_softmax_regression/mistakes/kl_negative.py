"""KL is the sum of p log(q / p), as it stands in the other book. (There is a minus in front of it.)"""

TRIPS = ["nll_kl.nonnegative", "nll_kl.ce_decomposition", "nll_kl.example"]

import torch


def kl(p, q):
    return (torch.xlogy(p, q) - torch.xlogy(p, p)).sum(dim=1)
