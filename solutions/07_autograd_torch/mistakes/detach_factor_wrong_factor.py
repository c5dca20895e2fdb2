"""Detached x instead of x*x; then the gradient flows through the square, and is 2x**2."""

TRIPS = ["detach_factor.grad_is_u"]


def detach_factor(x):
    return x * x * x.detach()
