"""Up to hi, and at once back to lo."""

TRIPS = ["cyclical_onecycle.triangle_value", "cyclical_onecycle.example"]


def triangular(t, step_size, lo, hi):
    return lo + (hi - lo) * (t % (step_size + 1)) / step_size
