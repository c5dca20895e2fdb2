"""Orthogonal means at right angles."""

TRIPS = ["is_positive_definite.orthogonal_rows_unit"]

import torch


def is_orthogonal(Q):
    if Q.shape[0] != Q.shape[1]:
        return False
    I = torch.eye(len(Q), dtype=Q.dtype)
    return bool((Q @ Q.T * (1 - I)).abs().max() < 1e-4)
