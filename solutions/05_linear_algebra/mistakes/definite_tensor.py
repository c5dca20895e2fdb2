"""A comparison is an answer."""

TRIPS = ["is_positive_definite.returns_bool"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    limit = 1e-5 * A.abs().max()
    if bool((A - A.T).abs().max() > limit):
        return False
    return torch.linalg.eigvalsh(A).min() > limit
