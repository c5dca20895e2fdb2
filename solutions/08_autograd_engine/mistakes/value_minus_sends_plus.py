"""Gives both operands of a difference the same share."""

TRIPS = ["Value.one_operation", "Value.radd_rmul", "Value.example_chain"]


def _subtract(a, b):
    return a - b, 1.0, 1.0
