"""Computes 0 * 0 ** -1 for the derivative of x ** 0."""

TRIPS = ["Value.borders"]


def _power(a, n):
    return a**n, n * a ** (n - 1)
