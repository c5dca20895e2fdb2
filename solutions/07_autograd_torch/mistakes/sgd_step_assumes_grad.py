"""Took it for granted that every parameter has a gradient."""

TRIPS = ["sgd_step_inplace.skips_none_grad"]


def sgd_step_(params, lr):
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
            p.grad.zero_()
