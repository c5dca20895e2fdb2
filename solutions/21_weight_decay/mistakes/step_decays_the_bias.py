"""All parameters decay."""

TRIPS = ["sgd_weight_decay.bias_not_decayed", "sgd_weight_decay.value"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - lr * lam) * w - lr * gw, (1 - lr * lam) * b - lr * gb
