"""The norm is the sum of the squares."""

TRIPS = ["frobenius_norm.homogeneous", "frobenius_norm.triangle", "frobenius_norm.value", "frobenius_norm.example"]


def frobenius_norm(A):
    return (A * A).sum()
