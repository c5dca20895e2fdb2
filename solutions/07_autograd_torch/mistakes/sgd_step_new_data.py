"""Assigned a new tensor to p.data: p is the same Python object, but its numbers lie elsewhere in memory."""

TRIPS = ["sgd_step_inplace.same_tensor"]


def sgd_step_(params, lr):
    for p in params:
        if p.grad is not None:
            p.data = p.data - lr * p.grad
            p.grad = None
