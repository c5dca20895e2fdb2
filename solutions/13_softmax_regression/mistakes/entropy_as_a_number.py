"""A loss is a number: item() takes it out, torch.tensor() makes it a tensor again."""

TRIPS = ["cross_entropy.gradcheck", "cross_entropy.grad_is_p_minus_y"]
ALSO = ["train_softmax.example", "train_softmax.no_nn"]

import torch


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)
    if ignore_index is not None:
        z, y = z[y != ignore_index], y[y != ignore_index]
    losses = z.logsumexp(dim=1) - z.gather(1, y.unsqueeze(1)).squeeze(1)
    return torch.tensor((losses.mean() if reduction == "mean" else losses.sum()).item(), dtype=z.dtype)
