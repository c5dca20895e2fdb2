"""A positive determinant means positive eigenvalues."""

TRIPS = ["is_positive_definite.nonsymmetric_no", "is_positive_definite.negative_definite_no"]

import torch


def is_positive_definite(A):
    return A.shape[0] == A.shape[1] and bool(torch.linalg.det(A) > 1e-5 * A.abs().max() ** len(A))
