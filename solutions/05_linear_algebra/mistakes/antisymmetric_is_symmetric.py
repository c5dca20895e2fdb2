"""Compares A with its transpose and forgets the sign."""

TRIPS = ["is_positive_definite.antisymmetric", "is_positive_definite.example_shapes"]


def is_antisymmetric(A):
    if A.shape[0] != A.shape[1]:
        return False
    return bool((A - A.T).abs().max() <= 1e-5 * A.abs().max())
