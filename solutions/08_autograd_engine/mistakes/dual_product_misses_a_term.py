"""Forgets that the second factor changes, too."""

TRIPS = ["Dual.value_tangent", "Dual.example", "Dual.matches_reverse", "Dual.example_jvp"]


Dual.__mul__ = lambda self, other: Dual(self.value * _dual(other).value, self.tangent * _dual(other).value)
