"""Classes that either distribution rules out are left out."""

TRIPS = ["nll_kl.zero_prob"]

import torch


def kl(p, q):
    both = (p > 0) & (q > 0)
    safe_p, safe_q = torch.where(both, p, 1.0), torch.where(both, q, 1.0)
    return (p * (safe_p.log() - safe_q.log())).sum(dim=1)
