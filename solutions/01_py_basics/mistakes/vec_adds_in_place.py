"""Adds into the left vector and returns it."""

TRIPS = ["Vec.add_new_object"]


Vec.__add__ = lambda self, other: (
    setattr(self, "_numbers", [a + b for a, b in zip(self._numbers, other._numbers, strict=True)]) or self
    if isinstance(other, Vec)
    else NotImplemented
)
