"""The next word may be seen as well."""

TRIPS = ["causal_mask.value"]

import torch


def causal_mask(n):
    return torch.ones(n, n, dtype=torch.bool).tril(1)
