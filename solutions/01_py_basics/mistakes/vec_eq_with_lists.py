"""Compares with anything that looks like the same list."""

TRIPS = ["Vec.eq_other_type"]


Vec.__eq__ = lambda self, other: hasattr(other, "__iter__") and self._numbers == list(other)
