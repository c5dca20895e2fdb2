"""Each fold trains on one block and validates on the next one."""

import torch

TRIPS = ["kfold_indices.train_is_complement"]


def kfold_indices(n, k):
    if not 2 <= k <= n:
        raise ValueError("impossible number of folds")
    blocks = torch.arange(n).tensor_split(k)
    return [(blocks[(i + 1) % k], block) for i, block in enumerate(blocks)]
