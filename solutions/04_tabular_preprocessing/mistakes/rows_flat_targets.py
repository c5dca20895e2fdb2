"""y is a list of numbers, so shape (n,)."""

TRIPS = ["to_tensors.shapes", "to_tensors.example"]


def to_tensors(rows, numeric, categorical, target, levels=None):
    if levels is None:
        levels = [sorted({row[place] for row in rows} - {None}) for place in categorical]
    numbers = [[math.nan if row[place] is None else float(row[place]) for place in numeric] for row in rows]
    parts = [torch.tensor(numbers, dtype=torch.float32).reshape(len(rows), len(numeric))]
    for place, known in zip(categorical, levels):
        parts.append(one_hot_with_nan([row[place] for row in rows], known))
    y = torch.tensor([float(row[target]) for row in rows], dtype=torch.float32)
    return torch.cat(parts, dim=1), y
