"""No fields are an empty tensor."""

TRIPS = ["one_hot_with_nan.empty"]


def one_hot_with_nan(col, levels):
    if not col:
        return torch.zeros(0)
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
