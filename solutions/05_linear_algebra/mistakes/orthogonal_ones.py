"""U U^T = 1, as the notes write it: every entry is 1."""

TRIPS = ["is_positive_definite.orthogonal", "is_positive_definite.example_shapes"]

import torch


def is_orthogonal(Q):
    if Q.shape[0] != Q.shape[1]:
        return False
    I = torch.eye(len(Q), dtype=Q.dtype)
    return bool((Q @ Q.T - 1).abs().max() < 1e-4)
