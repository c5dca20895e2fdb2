"""A size of 0 means that there is no size, so it counts as 1."""

TRIPS = ["broadcast_shape.size_one_and_zero"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        one, other = one or 1, other or 1
        if one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(other if one == 1 else one)
    return tuple(reversed(result))
