"""Positive eigenvalues are enough."""

TRIPS = ["is_positive_definite.nonsymmetric_no"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    return bool((torch.linalg.eigvals(A).real > 1e-5 * A.abs().max()).all())
