"""The list begins at the output."""

TRIPS = ["receptive_field.order", "receptive_field.with_stride"]


def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in reversed(layers):
        field += (k - 1) * jump
        jump *= stride
    return field
