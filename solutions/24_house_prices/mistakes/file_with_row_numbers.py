"""A table is written with the number of each row in front."""

TRIPS = ["submission.csv_format", "submission.example"]
ALSO = ["final_score.example", "final_score.same_file_twice", "final_score.simple_baseline", "final_score.medium_baseline", "final_score.strong_baseline"]


def write_submission(path: str | Path, ids: list[int], pred: Tensor) -> None:
    prices = pred.detach().flatten()
    if len(prices) != len(ids) or not bool(torch.isfinite(prices).all()):
        raise ValueError("one finite price per id is needed")
    lines = [f"{row},{number},{price:.2f}" for row, (number, price) in enumerate(zip(ids, prices.clamp(min=1.0).tolist(), strict=True))]
    Path(path).write_text("\n".join([",Id,SalePrice", *lines]) + "\n", encoding="utf-8")
