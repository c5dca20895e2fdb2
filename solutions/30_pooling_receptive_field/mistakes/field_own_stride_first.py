"""A layer is counted in its own stride."""

TRIPS = ["receptive_field.with_stride", "receptive_field.order"]


def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in layers:
        jump *= stride
        field += (k - 1) * jump
    return field
