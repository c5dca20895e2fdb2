"""What is left over goes into the last fold."""

import torch

TRIPS = ["kfold_indices.balanced_sizes", "kfold_indices.in_blocks"]


def kfold_indices(n, k):
    if not 2 <= k <= n:
        raise ValueError("impossible number of folds")
    row = torch.arange(n)
    owner = (row // (n // k)).clamp(max=k - 1)
    return [(row[owner != i], row[owner == i]) for i in range(k)]
