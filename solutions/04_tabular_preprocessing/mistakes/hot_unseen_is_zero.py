"""A category that is no level has no column, only None has one."""

TRIPS = ["one_hot_with_nan.unseen_level_at_test", "one_hot_with_nan.one_per_row", "one_hot_with_nan.example"]


def one_hot_with_nan(col, levels):
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        if field is not None and field not in place:
            continue
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
