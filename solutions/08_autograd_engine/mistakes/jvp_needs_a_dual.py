"""Believes that f always returns a Dual."""

TRIPS = ["Dual.constants"]


def jvp_forward(f, x, v):
    return f([Dual(number, each) for number, each in zip(x, v)]).tangent
