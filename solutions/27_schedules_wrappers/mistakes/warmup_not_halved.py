"""1 + cos is the factor."""

TRIPS = ["warmup_cosine.peak", "warmup_cosine.continuous"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * (t + 1) / warmup
    u = min(1.0, (t - warmup) / (total - warmup))
    return lr_min + (lr_max - lr_min) * (1 + math.cos(math.pi * u))
