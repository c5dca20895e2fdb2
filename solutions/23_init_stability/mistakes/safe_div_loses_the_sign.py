"""Clamped the divisor from below, so that every negative one becomes eps."""

TRIPS = ["stable_ops.safe_div", "stable_ops.example"]


def safe_div(a, b, eps=1e-12):
    return a / b.clamp(min=max(eps, torch.finfo(b.dtype).tiny))
