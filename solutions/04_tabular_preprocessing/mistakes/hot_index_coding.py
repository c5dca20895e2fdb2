"""A category is a number: its place."""

TRIPS = ["one_hot_with_nan.value", "one_hot_with_nan.example"]
ALSO = ["to_tensors.example"]


def one_hot_with_nan(col, levels):
    return torch.tensor([[float(levels.index(field)) if field in levels else float(len(levels))] for field in col])
