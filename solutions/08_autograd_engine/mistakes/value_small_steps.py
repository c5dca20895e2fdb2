"""Believes that a difference with a tiny step is as good as a derivative."""

TRIPS = ["Value.one_operation"]


def _tanh(a):
    return math.tanh(a), (math.tanh(a + 1e-6) - math.tanh(a - 1e-6)) / 2e-6
