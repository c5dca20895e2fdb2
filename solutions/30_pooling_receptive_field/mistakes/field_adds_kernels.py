"""Every layer adds its window."""

TRIPS = ["receptive_field.stride_one", "receptive_field.3x3_twice"]


def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in layers:
        field += k * jump
        jump *= stride
    return field
