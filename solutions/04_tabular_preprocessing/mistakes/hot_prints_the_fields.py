"""Fields are compared as text."""

TRIPS = ["one_hot_with_nan.none_is_no_text"]


def one_hot_with_nan(col, levels):
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(str(field), len(levels))] = 1.0
    return hot
