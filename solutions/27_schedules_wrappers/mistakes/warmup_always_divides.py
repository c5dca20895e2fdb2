"""The smaller of two curves."""

TRIPS = ["warmup_cosine.no_warmup"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    up = lr_max * (t + 1) / warmup
    return min(up, lr_max) if t < warmup else _cosine(min(1.0, (t - warmup) / (total - warmup)), lr_max, lr_min)
