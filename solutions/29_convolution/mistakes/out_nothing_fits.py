"""If the window fits nowhere, there are 0 places."""

TRIPS = ["out_shape_params.does_not_fit"]


def conv_out(n, k, s, p, d=1):
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        return 0
    return room // s + 1
