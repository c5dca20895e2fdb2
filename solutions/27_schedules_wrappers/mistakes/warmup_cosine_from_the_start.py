"""The cosine counts from step 0."""

TRIPS = ["warmup_cosine.quarter_point", "warmup_cosine.continuous", "warmup_cosine.curve"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * (t + 1) / warmup
    return _cosine(min(1.0, t / total), lr_max, lr_min)
