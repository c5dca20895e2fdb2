"""Computes tanh from exponentials that overflow far away."""

TRIPS = ["Value.borders"]


def _tanh(a):
    t = (math.exp(2 * a) - 1) / (math.exp(2 * a) + 1)
    return t, 1 - t * t
