"""The bias is one number."""

TRIPS = ["out_shape_params.bias_counted", "out_shape_params.example"]


def conv_params(C, O, k, bias):
    return O * C * k * k + int(bias)
