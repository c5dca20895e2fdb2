"""The old weights are not needed any more."""

TRIPS = ["sgd_weight_decay.inputs_unchanged"]


def sgd_wd_step(w, b, gw, gb, lr, lam):
    with torch.no_grad():
        w = w.mul_(1 - lr * lam).sub_(gw, alpha=lr)
    return w, b - lr * gb
    return (1 - lr * lam) * w - lr * gw, b - lr * gb
