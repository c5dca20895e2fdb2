"""The diagonal must outweigh its row."""

TRIPS = ["is_positive_definite.pd"]


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    limit = 1e-5 * A.abs().max()
    if bool((A - A.T).abs().max() > limit):
        return False
    return bool((2 * A.diagonal() > A.abs().sum(1)).all())
