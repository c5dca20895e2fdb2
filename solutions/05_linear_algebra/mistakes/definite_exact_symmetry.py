"""Symmetric is symmetric, to the last digit."""

TRIPS = ["is_positive_definite.rounding"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1] or not torch.equal(A, A.T):
        return False
    return bool(torch.linalg.eigvalsh(A).min() > 1e-5 * A.abs().max())
