"""Cuts the number below 0, but not the gradient."""

TRIPS = ["Value.one_operation", "Value.ops_vs_torch"]


def _relu(a):
    return max(0.0, a), 1.0
