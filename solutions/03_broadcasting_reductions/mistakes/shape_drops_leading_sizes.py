"""zip goes through both shapes from the right. (It stops at the shorter one.)"""

TRIPS = ["broadcast_shape.rules", "broadcast_shape.scalar", "broadcast_shape.example"]

def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    result = []
    for one, other in zip(reversed(a), reversed(b), strict=False):
        if one != other and 1 not in (one, other):
            raise ValueError("no fit")
        result.append(other if one == 1 else one)
    return tuple(reversed(result))
