"""A size fits if it can be repeated to the other one, so 2 fits to 4."""

TRIPS = ["broadcast_shape.incompatible_raises"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(reversed(a), reversed(b), fillvalue=1):
        small, large = sorted((one, other))
        if small and large % small:
            raise ValueError("no fit")
        result.append(small and large)
    return tuple(reversed(result))
