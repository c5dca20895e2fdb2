"""A permutation undoes itself."""

TRIPS = ["is_positive_definite.permutation_is_orthogonal"]

import torch


def is_permutation(P):
    if P.shape[0] != P.shape[1]:
        return False
    return bool(((P == 0) | (P == 1)).all() & (P.sum(1) == 1).all() & (P.sum(0) == 1).all()) and torch.equal(P, P.T)
