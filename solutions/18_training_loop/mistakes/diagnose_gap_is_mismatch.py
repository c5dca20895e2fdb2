"""A large gap means that the data differ."""

TRIPS = ["diagnose.four_cases", "diagnose.example"]


def diagnose(train: list[float], val: list[float], bigger_train: list[float] | None = None) -> str:
    if any(len(curve) < 3 for curve in (train, val, bigger_train) if curve is not None):
        raise ValueError("a curve needs at least 3 epochs")
    end = median(train[-3:])
    if end > 0.10:
        stuck = bigger_train is not None and median(bigger_train[-3:]) >= end - 0.02
        return "optimization" if stuck else "model_bias"
    val_end = median(val[-3:])
    if val_end - end <= 0.05:
        return "ok"
    low = min(median(val[start : start + 3]) for start in range(len(val) - 2))
    return "mismatch"
