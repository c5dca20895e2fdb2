"""pop takes one layer after the other."""

TRIPS = ["receptive_field.input_unchanged"]


def receptive_field(layers):
    field = 1
    while layers:
        k, stride = layers.pop()
        field = (field - 1) * stride + k
    return field
