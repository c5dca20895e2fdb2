"""The loss of torch is tested better than mine will ever be."""

TRIPS = ["cross_entropy.no_builtin"]
ALSO = ["train_softmax.no_nn"]

import torch.nn.functional as F


def cross_entropy(z, y, reduction="mean", ignore_index=None):
    if reduction not in ("mean", "sum"):
        raise ValueError(reduction)

    return F.cross_entropy(z, y, reduction=reduction, ignore_index=-100 if ignore_index is None else ignore_index)
