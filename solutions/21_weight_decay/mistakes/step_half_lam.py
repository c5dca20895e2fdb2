"""The half in lam / 2 stays."""

TRIPS = ["sgd_weight_decay.shrink_factor"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - lr * lam / 2) * w - lr * gw, b - lr * gb
