"""One 1 in each row is enough."""

TRIPS = ["is_positive_definite.permutation_no"]


def is_permutation(P):
    if P.shape[0] != P.shape[1]:
        return False
    return bool(((P == 0) | (P == 1)).all() & (P.sum(1) == 1).all())
