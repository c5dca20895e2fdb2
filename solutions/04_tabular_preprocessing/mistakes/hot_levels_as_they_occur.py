"""Levels get their columns in the order in which they occur."""

TRIPS = ["one_hot_with_nan.level_order", "one_hot_with_nan.example"]
ALSO = ["to_tensors.example"]


def one_hot_with_nan(col, levels):
    levels = [*dict.fromkeys(field for field in col if field in levels), *(level for level in levels if level not in col)]
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
