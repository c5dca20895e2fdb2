"""True marks what is hidden, as in torch."""

TRIPS = ["causal_mask.value", "causal_mask.n1"]

import torch


def causal_mask(n):
    return torch.ones(n, n, dtype=torch.bool).triu(1)
