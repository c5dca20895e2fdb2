"""The shift saves memory when it is done in z itself."""

TRIPS = ["cross_entropy.inputs_unchanged"]

import torch


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    with torch.no_grad():
        z -= z.amax(dim=1, keepdim=True)
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return losses.mean() if reduction == "mean" else losses.sum()
