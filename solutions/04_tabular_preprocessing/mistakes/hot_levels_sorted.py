"""Columns stand in alphabetical order."""

TRIPS = ["one_hot_with_nan.level_order"]


def one_hot_with_nan(col, levels):
    place = {level: j for j, level in enumerate(sorted(levels))}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
