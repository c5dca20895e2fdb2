"""All rows and columns sum to 1."""

TRIPS = ["is_positive_definite.permutation_no"]


def is_permutation(P):
    if P.shape[0] != P.shape[1]:
        return False
    return bool((P.sum(0) == 1).all() & (P.sum(1) == 1).all())
