"""In Python / divides."""

TRIPS = ["out_shape_params.floor", "out_shape_params.vs_torch", "out_shape_params.example"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("no place")
    return float(room // s + 1)
