"""None is added to the levels, so that it has a column."""

TRIPS = ["one_hot_with_nan.input_unchanged"]


def one_hot_with_nan(col, levels):
    levels.append(None)
    known = levels[:-1]
    rows = [[float(field == level) for level in known] + [float(field not in known)] for field in col]
    return torch.tensor(rows).reshape(len(col), len(levels))
