"""K times a random part for validation, the rest for training."""

import torch

TRIPS = ["kfold_indices.partition"]


def kfold_indices(n, k):
    if not 2 <= k <= n:
        raise ValueError("impossible number of folds")
    folds = []
    for i in range(k):
        order = torch.randperm(n)
        size = n // k + (i < n % k)
        folds.append((order[size:].sort().values, order[:size].sort().values))
    return folds
