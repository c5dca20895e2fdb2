"""Nothing beside something is nothing, so 0 fits to every size."""

TRIPS = ["broadcast_shape.size_one_and_zero"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if one != other and 1 not in (one, other) and 0 not in (one, other):
            raise ValueError("no fit")
        result.append(0 if 0 in (one, other) else max(one, other))
    return tuple(reversed(result))
