"""A fold of a single row is too small."""

import torch

TRIPS = ["kfold_indices.k_equals_n"]
ALSO = ["cross_validate.example"]


def kfold_indices(n, k):
    if not 2 <= k < n:
        raise ValueError("impossible number of folds")
    blocks = torch.arange(n).tensor_split(k)
    return [(torch.cat([*blocks[:i], *blocks[i + 1 :]]), block) for i, block in enumerate(blocks)]
