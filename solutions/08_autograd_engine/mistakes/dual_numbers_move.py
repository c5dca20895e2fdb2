"""Believes that every number moves at speed 1."""

TRIPS = ["Dual.constants", "Dual.value_tangent"]


def _dual(x):
    return x if isinstance(x, Dual) else Dual(x, 1.0)
