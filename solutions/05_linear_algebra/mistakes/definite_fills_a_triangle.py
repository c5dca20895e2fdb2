"""Copies one triangle onto the other before it looks."""

TRIPS = ["is_positive_definite.inputs_unchanged"]

import torch


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    if A[0, 1:].numel():
        A[0, -1] += 1e-9
    limit = 1e-5 * A.abs().max()
    if bool((A - A.T).abs().max() > limit):
        return False
    return bool(torch.linalg.eigvalsh(A).min() > limit)
