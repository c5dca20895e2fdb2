"""Only the triangles are compared."""

TRIPS = ["is_positive_definite.antisymmetric"]

import torch


def is_antisymmetric(A):
    if A.shape[0] != A.shape[1]:
        return False
    return bool(((A + A.T) - 2 * torch.diag(A.diagonal())).abs().max() <= 1e-5 * A.abs().max())
