"""Detached the whole product, so that there is no graph left to go back on."""

TRIPS = ["detach_factor.requires_grad"]


def detach_factor(x):
    return (x * x * x).detach()
