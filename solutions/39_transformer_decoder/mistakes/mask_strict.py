"""Only what has been said before may be seen, so not the place itself."""

TRIPS = ["causal_mask.row0_sees_itself", "causal_mask.value", "causal_mask.example", "causal_mask.n1"]

import torch


def causal_mask(n):
    return torch.ones(n, n, dtype=torch.bool).tril(-1)
