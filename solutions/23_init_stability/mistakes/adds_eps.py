"""A small number added to the divisor keeps it away from 0."""

TRIPS = ["stable_ops.safe_div", "stable_ops.l2_normalize", "stable_ops.fp16", "stable_ops.grad_finite"]


def safe_div(a, b, eps=1e-12):
    return a / (b + eps)


def l2_normalize(x, eps=1e-12):
    return x / (x.square().sum(1, keepdim=True).clamp(min=1e-30).sqrt() + eps)
