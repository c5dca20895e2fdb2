"""Puts the minus of the cosine's derivative at the sine's."""

TRIPS = ["Dual.value_tangent"]


Dual.sin = lambda self: Dual(math.sin(self.value), -math.cos(self.value) * self.tangent)
