"""Each of k numbers sees k pixels, so the windows are multiplied."""

TRIPS = ["receptive_field.stride_one", "receptive_field.3x3_twice"]


def receptive_field(layers):
    field = 1
    for k, _ in layers:
        field *= k
    return field
