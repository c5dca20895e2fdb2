"""Thought that x.grad is the gradient of the last backward pass; it is the sum over all of them."""

TRIPS = ["grad_of.no_accumulation", "grad_of.x_flags_unchanged"]


def grad_of(f, x):
    x.requires_grad_()
    f(x).sum().backward()
    return x.grad
