"""What the model says is what is written."""

TRIPS = ["submission.finite_positive"]


def write_submission(path: str | Path, ids: list[int], pred: Tensor) -> None:
    prices = pred.detach().flatten()
    if len(prices) != len(ids):
        raise ValueError("one finite price per id is needed")
    lines = [f"{number},{price:.2f}" for number, price in zip(ids, prices.tolist(), strict=True)]
    Path(path).write_text("\n".join(["Id,SalePrice", *lines]) + "\n", encoding="utf-8")
