"""Positive means that all entries are positive."""

TRIPS = ["is_positive_definite.positive_entries_not_enough", "is_positive_definite.example"]


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    limit = 1e-5 * A.abs().max()
    if bool((A - A.T).abs().max() > limit):
        return False
    return bool((A > 0).all())
