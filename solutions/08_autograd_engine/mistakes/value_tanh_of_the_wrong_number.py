"""Writes 1 - x^2 for the derivative of tanh, where it is 1 - tanh(x)^2."""

TRIPS = ["Value.one_operation", "Value.ops_vs_torch", "Value.example_chain"]


def _tanh(a):
    return math.tanh(a), 1 - a * a
