"""Compares sorted numbers."""

TRIPS = ["Vec.eq_value"]


Vec.__eq__ = lambda self, other: isinstance(other, Vec) and sorted(self._numbers) == sorted(other._numbers)
