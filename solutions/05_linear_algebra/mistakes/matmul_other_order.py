"""AB = BA."""

TRIPS = ["products.square"]


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    A, B = (B, A) if A.shape == B.shape else (A, B)
    return (A.unsqueeze(2) * B).sum(dim=1)
