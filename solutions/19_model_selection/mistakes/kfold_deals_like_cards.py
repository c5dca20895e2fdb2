"""Row i goes to fold i mod k: the sizes are right, the blocks are not those that were asked for."""

import torch

TRIPS = ["kfold_indices.in_blocks"]


def kfold_indices(n, k):
    if not 2 <= k <= n:
        raise ValueError("impossible number of folds")
    row = torch.arange(n)
    return [(row[row % k != i], row[row % k == i]) for i in range(k)]
