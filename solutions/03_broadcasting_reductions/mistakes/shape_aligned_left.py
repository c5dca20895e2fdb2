"""Shapes are compared from the first size on, like words."""

TRIPS = ["broadcast_shape.rules", "broadcast_shape.example"]

from itertools import zip_longest


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip_longest(a, b, fillvalue=1):
        if one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(other if one == 1 else one)
    return tuple(result)
