"""Lets zip stop at the shorter vector in the dot product."""

TRIPS = ["Vec.mismatch_raises"]


Vec.__call__ = lambda self, x: sum(a * b for a, b in zip(self._numbers, x._numbers))
