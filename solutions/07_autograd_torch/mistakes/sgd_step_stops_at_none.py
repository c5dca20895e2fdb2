"""Returned at the first parameter without a gradient instead of going on to the next."""

TRIPS = ["sgd_step_inplace.skips_none_grad"]


def sgd_step_(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is None:
                return
            p -= lr * p.grad
            p.grad = None
