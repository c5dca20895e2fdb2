"""The shrinking has a strength of its own; lr is for gradients."""

TRIPS = ["sgd_weight_decay.shrink_factor", "sgd_weight_decay.no_decay"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - lam) * w - lr * gw, b - lr * gb
