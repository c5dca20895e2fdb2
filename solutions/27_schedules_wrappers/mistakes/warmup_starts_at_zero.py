"""At t = 0 nothing has been warmed up yet."""

TRIPS = ["warmup_cosine.first_step_positive", "warmup_cosine.peak_at_end_of_warmup", "warmup_cosine.example"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    if t < warmup:
        return lr_max * t / warmup
    return _cosine(min(1.0, (t - warmup) / (total - warmup)), lr_max, lr_min)
