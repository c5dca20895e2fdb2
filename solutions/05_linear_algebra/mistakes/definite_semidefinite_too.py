"""Not negative is positive."""

TRIPS = ["is_positive_definite.semidefinite_no"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    limit = 1e-5 * A.abs().max()
    if bool((A - A.T).abs().max() > limit):
        return False
    return bool(torch.linalg.eigvalsh(A).min() >= -limit)
