"""Sums over the rows of A instead of over its columns."""

TRIPS = ["products.value", "products.example"]


def matvec(A, x):
    if A.shape[1] != x.shape[0]:
        raise ValueError("sizes")
    return (A * x).sum(dim=0)
