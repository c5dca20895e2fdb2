"""Takes log for the logarithm to the base 10."""

TRIPS = ["Value.one_operation", "Value.example_chain"]


def _log(a):
    return math.log10(a), 1 / (a * math.log(10))
