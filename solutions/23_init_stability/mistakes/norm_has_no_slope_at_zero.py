"""Clamping the norm is enough: what is clamped has no gradient."""

TRIPS = ["stable_ops.grad_finite"]


def l2_normalize(x, eps=1e-12):
    return x / x.square().sum(1, keepdim=True).sqrt().clamp(min=eps)
