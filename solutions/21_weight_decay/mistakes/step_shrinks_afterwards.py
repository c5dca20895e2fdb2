"""First the step, then the shrinking."""

TRIPS = ["sgd_weight_decay.value"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    return (1 - lr * lam) * (w - lr * gw), b - lr * gb
