"""p pixels are added."""

TRIPS = ["out_shape_params.vs_torch", "out_shape_params.example"]


def conv_out(n, k, s, p, d=1):
    room = n + p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("no place")
    return room // s + 1
