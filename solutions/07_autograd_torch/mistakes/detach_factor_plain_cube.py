"""Wrote x**3 and thought that is all there is to it: the value is right, the gradient is 3x**2."""

TRIPS = ["detach_factor.grad_is_u", "detach_factor.example"]


def detach_factor(x):
    return x**3
