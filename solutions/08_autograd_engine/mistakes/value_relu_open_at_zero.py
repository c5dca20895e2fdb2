"""Lets the gradient of relu pass at exactly 0."""

TRIPS = ["Value.borders"]


def _relu(a):
    return (a, 1.0) if a >= 0 else (0.0, 0.0)
