"""The bias takes the whole step."""

TRIPS = ["sgd_weight_decay.value", "sgd_weight_decay.no_decay"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - lr * lam) * w - lr * gw, b - gb
