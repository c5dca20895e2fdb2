"""Whether two shapes fit is decided by their last size; the larger sizes win in front."""

TRIPS = ["broadcast_shape.incompatible_raises"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for place, (one, other) in enumerate(zip_longest(reversed(a), reversed(b), fillvalue=1)):
        if place < 1 and one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(other if one == 1 else one)
    return tuple(reversed(result))
