"""A millionth is as good as 0."""

TRIPS = ["is_positive_definite.any_scale"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1] or bool((A - A.T).abs().max() > 1e-6):
        return False
    return bool(torch.linalg.eigvalsh(A).min() > 1e-6)
