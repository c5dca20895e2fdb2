"""Looks at each price when it is its turn to be written."""

TRIPS = ["submission.all_or_nothing"]


def write_submission(path, ids, pred):
    prices = pred.detach().flatten().tolist()
    with open(path, "w", encoding="utf-8") as file:
        print("Id,SalePrice", file=file)
        for number, price in zip(ids, prices, strict=True):
            if not math.isfinite(price):
                raise ValueError("a prediction is not a number")
            print(f"{number},{max(price, 1.0):.2f}", file=file)
