"""A new category gets a new column."""

TRIPS = ["one_hot_with_nan.unseen_level_at_test", "one_hot_with_nan.example"]


def one_hot_with_nan(col, levels):
    levels = [*levels, *sorted({field for field in col if field is not None} - set(levels))]
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
