"""Down in a straight line."""

TRIPS = ["warmup_cosine.quarter_point"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * (t + 1) / warmup
    return lr_max - (lr_max - lr_min) * min(1.0, (t - warmup) / (total - warmup))
