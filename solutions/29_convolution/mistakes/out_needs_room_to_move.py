"""A window that cannot move does not fit."""

TRIPS = ["out_shape_params.does_not_fit"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room <= 0:
        raise ValueError("no place")
    return room // s + 1
