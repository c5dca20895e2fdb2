"""Momentum goes with the rate."""

TRIPS = ["cyclical_onecycle.momentum_inverse"]


def one_cycle(t, total, lo, hi, final):
    u = min(1.0, t / total)
    if u < 0.9:
        height = 1 - abs(u / 0.45 - 1)
        return lo + (hi - lo) * height, 0.85 + 0.1 * height
    return lo + (final - lo) * (u - 0.9) / 0.1, 0.95
