"""The ratio is the share of weights that is left."""

TRIPS = ["conv_as_matrix.param_ratio", "conv_as_matrix.example"]


def param_ratio(K, n):
    return K / (n * (n - K + 1))
