"""The number of the cycle is a logarithm."""

TRIPS = ["sgdr.mult1"]


def sgdr(t, T0, mult, lr_max, lr_min=0.0):
    i = int(math.log(t / T0 * (mult - 1) + 1, mult) + 1e-12)
    return _cosine((t - T0 * (mult**i - 1) / (mult - 1)) / (T0 * mult**i), lr_max, lr_min)
