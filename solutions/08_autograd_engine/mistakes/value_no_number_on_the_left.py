"""Writes no __radd__, and so has no sum()."""

TRIPS = ["Value.radd_rmul"]


del Value.__radd__
