"""Switched requires_grad off to be allowed to write, and never on again."""

TRIPS = ["sgd_step_inplace.still_leaf"]


def sgd_step_(params, lr):
    for p in params:
        if p.grad is not None:
            p.requires_grad_(False)
            p -= lr * p.grad
            p.grad = None
