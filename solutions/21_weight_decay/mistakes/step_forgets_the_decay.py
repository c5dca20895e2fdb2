"""The penalty is in the loss."""

TRIPS = ["sgd_weight_decay.shrink_factor", "sgd_weight_decay.example"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return w - lr * gw, b - lr * gb
