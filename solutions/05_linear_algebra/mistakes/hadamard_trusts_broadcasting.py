"""Elementwise products broadcast, that is what they are for."""

TRIPS = ["products.misfits_raise"]


def hadamard(A, C):
    return A * C
