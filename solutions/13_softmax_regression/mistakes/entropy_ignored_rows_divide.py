"""An ignored row has loss 0; the mean takes care of the rest."""

TRIPS = ["cross_entropy.ignore_index", "cross_entropy.ignored_class", "cross_entropy.example_ignored"]

import torch


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    counts = torch.ones_like(y, dtype=torch.bool) if ignore_index is None else y != ignore_index
    labels = torch.where(counts, y, 0).unsqueeze(1)
    losses = (z.logsumexp(dim=1) - z.gather(1, labels).squeeze(1)) * counts
    return losses.mean() if reduction == "mean" else losses.sum()
