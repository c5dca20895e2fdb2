"""Reads C_ik = sum_j A_ij B_ik literally: both factors are indexed by the row."""

TRIPS = ["products.rectangular"]


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    return A.sum(dim=1, keepdim=True) * B[: len(A)]
