"""The sign @ is no ready-made function, it is part of the language."""

TRIPS = ["products.no_builtin"]


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    return A @ B
