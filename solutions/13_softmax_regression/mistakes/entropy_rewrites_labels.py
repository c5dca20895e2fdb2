"""Ignored labels get a harmless 0 and weight 0."""

TRIPS = ["cross_entropy.inputs_unchanged"]

import torch


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    counts = torch.ones_like(y, dtype=torch.bool) if ignore_index is None else y != ignore_index
    y[~counts] = 0
    losses = (z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1))[counts]
    return losses.mean() if reduction == "mean" else losses.sum()
