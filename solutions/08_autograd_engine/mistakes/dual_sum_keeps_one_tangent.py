"""Forgets the tangent of the second term."""

TRIPS = ["Dual.value_tangent", "Dual.matches_reverse"]


Dual.__add__ = lambda self, other: Dual(self.value + _dual(other).value, self.tangent)
