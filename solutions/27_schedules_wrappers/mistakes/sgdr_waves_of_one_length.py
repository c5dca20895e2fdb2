"""The restarts are at 10, 30 and 70; the wave is T0 long."""

TRIPS = ["sgdr.values", "sgdr.example"]


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    length = T0
    while t >= length:
        t -= length
        length *= mult
    return _cosine(min(1.0, t / T0), lr_max, lr_min)
