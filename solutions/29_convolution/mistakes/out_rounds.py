"""A size is rounded to the nearest integer."""

TRIPS = ["out_shape_params.vs_torch"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("no place")
    return round(room / s) + 1
