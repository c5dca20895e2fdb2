"""The gradient of the square is 2 w."""

TRIPS = ["sgd_weight_decay.shrink_factor"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - 2 * lr * lam) * w - lr * gw, b - lr * gb
