"""Prints only the list."""

TRIPS = ["Vec.repr", "Vec.example"]


Vec.__repr__ = lambda self: repr(self._numbers)
