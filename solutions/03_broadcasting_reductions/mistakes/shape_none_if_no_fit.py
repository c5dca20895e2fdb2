"""Where shapes do not fit there is no shape, so None is returned."""

TRIPS = ["broadcast_shape.incompatible_raises", "broadcast_shape.example_raises"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if one != other and 1 not in (one, other):
            return None
        result.append(other if one == 1 else one)
    return tuple(reversed(result))
