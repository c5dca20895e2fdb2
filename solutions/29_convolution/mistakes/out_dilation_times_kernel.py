"""A dilated kernel is d times as large."""

TRIPS = ["out_shape_params.vs_torch", "out_shape_params.example"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * k
    if room < 0:
        raise ValueError("no place")
    return room // s + 1
