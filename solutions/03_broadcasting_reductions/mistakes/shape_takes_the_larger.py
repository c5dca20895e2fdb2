"""The result has the larger of the two sizes. (1 and 0 give 0.)"""

TRIPS = ["broadcast_shape.size_one_and_zero"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(max(one, other))
    return tuple(reversed(result))
