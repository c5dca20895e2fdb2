"""One wave through all steps of the first cycle, and the minimum from there."""

TRIPS = ["sgdr.restarts_at", "sgdr.example", "sgdr.mult1"]


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    return _cosine(min(1.0, t / T0), lr_max, lr_min)
