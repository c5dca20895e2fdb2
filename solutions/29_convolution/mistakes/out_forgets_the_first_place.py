"""The window moves (n + 2p - k) / s times, so there are as many places."""

TRIPS = ["out_shape_params.vs_torch", "out_shape_params.floor", "out_shape_params.example"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("no place")
    return room // s
