"""A fully connected layer has n * n weights."""

TRIPS = ["conv_as_matrix.param_ratio", "conv_as_matrix.example"]


def param_ratio(K, n):
    return n * n / K
