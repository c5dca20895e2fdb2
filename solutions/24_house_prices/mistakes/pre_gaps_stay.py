"""A missing number is nan, and torch knows what to do with nan."""

TRIPS = ["preprocess.nan_free", "preprocess.example"]
ALSO = ["final_score.example", "final_score.same_file_twice", "final_score.simple_baseline", "final_score.medium_baseline", "final_score.strong_baseline"]


def preprocess(train: Table, test: Table) -> tuple[Tensor, Tensor, Tensor]:
    parts: list[tuple[Tensor, Tensor]] = []
    for place in range(1, len(train[0]) - 1):
        ours, theirs = [row[place] for row in train[1]], [row[place] for row in test[1]]
        seen = [field for field in ours if field is not None]
        if all(is_number(field) for field in seen):
            a, b = as_numbers(ours), as_numbers(theirs)
            mean = a.nanmean().nan_to_num(0.0)
            std = (a - mean).square().nanmean().sqrt().nan_to_num(1.0)
            std = std if std > 1e-6 * mean.abs() else torch.tensor(1.0)
            parts.append(((a - mean) / std, (b - mean) / std))
        else:
            levels = sorted(set(seen))
            parts.append((one_hot(ours, levels), one_hot(theirs, levels)))
    y = torch.tensor([[float(row[-1])] for row in train[1]])
    return torch.cat([a for a, _ in parts], 1).float(), torch.cat([b for _, b in parts], 1).float(), y
