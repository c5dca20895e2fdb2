"""Compares only as far as the shorter vector goes."""

TRIPS = ["Vec.eq_value"]


Vec.__eq__ = lambda self, other: (
    isinstance(other, Vec) and all(a == b for a, b in zip(self._numbers, other._numbers))
)
