"""Forgets that the exponent goes down by one."""

TRIPS = ["Value.one_operation", "Value.example_chain"]


def _power(a, n):
    return a**n, n * a**n
