"""Forgets the minus in the derivative by the divisor."""

TRIPS = ["Value.one_operation", "Value.ops_vs_torch", "Value.example_chain"]


def _divide(a, b):
    return a / b, 1 / b, a / b**2
