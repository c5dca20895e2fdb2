"""Believes that + puts one vector behind the other, as with lists."""

TRIPS = ["Vec.add_new_object", "Vec.mismatch_raises", "Vec.example"]


Vec.__add__ = lambda self, other: Vec(self._numbers + other._numbers) if isinstance(other, Vec) else NotImplemented
