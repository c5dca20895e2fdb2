"""Thought that detach() copies. It shares memory with x: squaring it in place squares x as well."""

TRIPS = ["detach_factor.value"]


def detach_factor(x):
    u = x.detach()
    u *= u
    return u * x
