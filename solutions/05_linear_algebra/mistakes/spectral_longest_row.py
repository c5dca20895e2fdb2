"""The longest row is the greatest stretch."""

TRIPS = ["spectral_norm.upper_bound"]


def spectral_norm(A, iters=100, *, generator):
    return (A * A).sum(1).max().sqrt()
