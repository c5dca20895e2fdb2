"""A category that is not in the training table cannot happen."""

TRIPS = ["preprocess.unseen_category", "preprocess.example"]
ALSO = ["final_score.example"]


def one_hot(fields: list[str | None], levels: list[str]) -> Tensor:
    place = {level: j for j, level in enumerate(levels)}
    places = torch.tensor([place[field] if field is not None else len(levels) for field in fields], dtype=torch.int64)
    return nn.functional.one_hot(places, len(levels) + 1).double()
