"""nll_loss is a lookup; there is nothing to learn from writing it."""

TRIPS = ["nll_kl.no_builtin"]

import torch.nn.functional as F


def nll(logp, y):
    return F.nll_loss(logp, y)
