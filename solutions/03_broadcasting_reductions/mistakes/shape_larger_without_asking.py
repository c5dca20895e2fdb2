"""Broadcasting always works: the smaller one is stretched to the larger one."""

TRIPS = ["broadcast_shape.incompatible_raises", "broadcast_shape.example_raises", "broadcast_shape.size_one_and_zero"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    pairs = zip_longest(reversed(a), reversed(b), fillvalue=1)
    return tuple(reversed([max(one, other) for one, other in pairs]))
