"""The entries cancel each other."""

TRIPS = ["is_positive_definite.antisymmetric"]


def is_antisymmetric(A):
    if A.shape[0] != A.shape[1]:
        return False
    return bool(A.sum().abs() <= 1e-5 * A.abs().max()) and not bool(A.diagonal().any())
