"""Believes that only vectors are ever compared."""

TRIPS = ["Vec.eq_other_type"]


Vec.__eq__ = lambda self, other: self._numbers == other._numbers
