"""One cycle ends where it began."""

TRIPS = ["cyclical_onecycle.one_cycle_ends_below_lo", "cyclical_onecycle.one_cycle_values", "cyclical_onecycle.example"]


def one_cycle(t, total, lo, hi, final):
    height = max(0.0, 1 - abs(min(1.0, t / total) / 0.45 - 1))
    return lo + (hi - lo) * height, 0.95 - 0.1 * height
