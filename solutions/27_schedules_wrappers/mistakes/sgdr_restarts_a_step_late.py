"""The last step of a cycle is at the minimum."""

TRIPS = ["sgdr.restarts_at"]


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    length = T0
    while t > length:
        t -= length
        length *= mult
    return _cosine(t / length, lr_max, lr_min)
