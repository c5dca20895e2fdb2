"""Tensors with different numbers of dimensions do not fit."""

TRIPS = ["broadcast_shape.rules", "broadcast_shape.scalar", "broadcast_shape.example"]

def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    if len(a) != len(b):
        raise ValueError("no fit")
    result = []
    for one, other in zip(a, b, strict=True):
        if one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(other if one == 1 else one)
    return tuple(result)
