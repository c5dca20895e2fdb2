"""Every fold has n // k rows."""

import torch

TRIPS = ["kfold_indices.partition", "kfold_indices.example"]


def kfold_indices(n, k):
    if not 2 <= k <= n:
        raise ValueError("impossible number of folds")
    size, row = n // k, torch.arange(n)
    folds = []
    for i in range(k):
        held = (row >= i * size) & (row < (i + 1) * size)
        folds.append((row[~held], row[held]))
    return folds
