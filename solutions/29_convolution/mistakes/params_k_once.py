"""A kernel of size k has k weights."""

TRIPS = ["out_shape_params.params", "out_shape_params.example"]


def conv_params(C, O, k, bias):
    return O * C * k + (O if bias else 0)
