"""The matrix norm with a 2 is the Frobenius norm."""

TRIPS = ["frobenius_norm.nonsquare"]

import torch


def frobenius_norm(A):
    if not bool(A.any()):
        return A.sum() * 0
    return torch.linalg.matrix_norm(A, 2)
