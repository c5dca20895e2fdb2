"""Gives exp the tangent exp(x), as if x always moved at speed 1."""

TRIPS = ["Dual.value_tangent", "Dual.matches_reverse"]


Dual.exp = lambda self: Dual(math.exp(self.value), math.exp(self.value))
