"""Where there is no layer, nothing is seen."""

TRIPS = ["receptive_field.empty"]


def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump *= stride
    return field if layers else 0
