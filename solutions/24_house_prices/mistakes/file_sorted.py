"""A file is easier to read when the ids are in order."""

TRIPS = ["submission.order"]
ALSO = ["final_score.example"]


def write_submission(path: str | Path, ids: list[int], pred: Tensor) -> None:
    prices = pred.detach().flatten()
    if len(prices) != len(ids) or not bool(torch.isfinite(prices).all()):
        raise ValueError("one finite price per id is needed")
    lines = [f"{number},{price:.2f}" for number, price in zip(sorted(ids), prices.clamp(min=1.0).tolist(), strict=True)]
    Path(path).write_text("\n".join(["Id,SalePrice", *lines]) + "\n", encoding="utf-8")
