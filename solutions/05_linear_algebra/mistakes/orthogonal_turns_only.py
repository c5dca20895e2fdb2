"""A reflection is not orthogonal: its determinant is -1."""

TRIPS = ["is_positive_definite.orthogonal", "is_positive_definite.permutation_is_orthogonal"]

import torch


def is_orthogonal(Q):
    if Q.shape[0] != Q.shape[1]:
        return False
    I = torch.eye(len(Q), dtype=Q.dtype)
    return bool((Q @ Q.T - I).abs().max() < 1e-4) and torch.linalg.det(Q).item() > 0
