"""Lets zip stop at the shorter vector."""

TRIPS = ["Vec.mismatch_raises"]


Vec.__add__ = lambda self, other: (
    Vec(a + b for a, b in zip(self._numbers, other._numbers)) if isinstance(other, Vec) else NotImplemented
)
