"""A network finds the right size of its weights by itself."""

TRIPS = ["preprocess.similar_sizes"]
ALSO = ["final_score.simple_baseline", "final_score.medium_baseline", "final_score.strong_baseline"]


def preprocess(train: Table, test: Table) -> tuple[Tensor, Tensor, Tensor]:
    parts: list[tuple[Tensor, Tensor]] = []
    for place in range(1, len(train[0]) - 1):
        ours, theirs = [row[place] for row in train[1]], [row[place] for row in test[1]]
        seen = [field for field in ours if field is not None]
        if all(is_number(field) for field in seen):
            a, b = as_numbers(ours), as_numbers(theirs)
            mean = a.nanmean().nan_to_num(0.0)
            parts.append((torch.where(a.isnan(), mean, a), torch.where(b.isnan(), mean, b)))
        else:
            levels = sorted(set(seen))
            parts.append((one_hot(ours, levels), one_hot(theirs, levels)))
    y = torch.tensor([[float(row[-1])] for row in train[1]])
    return torch.cat([a for a, _ in parts], 1).float(), torch.cat([b for _, b in parts], 1).float(), y
