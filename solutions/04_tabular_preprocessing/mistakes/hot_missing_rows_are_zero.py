"""Where nothing is known, nothing is 1."""

TRIPS = ["one_hot_with_nan.one_per_row", "one_hot_with_nan.value", "one_hot_with_nan.example"]
ALSO = ["to_tensors.example"]


def one_hot_with_nan(col, levels):
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        if field in place:
            hot[i, place.get(field, len(levels))] = 1.0
    return hot
