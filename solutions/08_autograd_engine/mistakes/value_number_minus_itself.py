"""Believes that a difference may be turned round like a sum."""

TRIPS = ["Value.radd_rmul", "Value.example_chain"]


Value.__rsub__ = Value.__sub__
