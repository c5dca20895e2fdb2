"""Adds whatever can be looped over."""

TRIPS = ["Vec.add_other_type"]


Vec.__add__ = lambda self, other: Vec(a + b for a, b in zip(self._numbers, other, strict=True))
