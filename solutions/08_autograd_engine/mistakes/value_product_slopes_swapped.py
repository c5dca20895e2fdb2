"""Gives each factor its own number instead of the other one."""

TRIPS = ["Value.one_operation", "Value.example", "Value.ops_vs_torch"]


def _multiply(a, b):
    return a * b, a, b
