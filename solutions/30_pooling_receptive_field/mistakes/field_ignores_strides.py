"""Every layer adds k - 1, and strides only make the image smaller."""

TRIPS = ["receptive_field.with_stride", "receptive_field.3x3_twice"]


def receptive_field(layers):
    return 1 + sum(k - 1 for k, _ in layers)
