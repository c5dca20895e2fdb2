"""Nobody asks for a step after the last one."""

TRIPS = ["warmup_cosine.end_is_min"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * (t + 1) / warmup
    return _cosine((t - warmup) / (total - warmup), lr_max, lr_min)
