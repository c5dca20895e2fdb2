"""Subtracts the values, but adds the tangents."""

TRIPS = ["Dual.value_tangent", "Dual.constants"]


Dual.__sub__ = lambda self, other: Dual(self.value - _dual(other).value, self.tangent + _dual(other).tangent)
