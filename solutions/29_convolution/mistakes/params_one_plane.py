"""A kernel has k * k weights."""

TRIPS = ["out_shape_params.params", "out_shape_params.bias_counted", "out_shape_params.example"]


def conv_params(C, O, k, bias):
    return O * k * k + (O if bias else 0)
