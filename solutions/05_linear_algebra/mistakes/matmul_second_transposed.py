"""Row times row: multiplies by the transposed second factor wherever it fits."""

TRIPS = ["products.square"]


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    B = B.T if B.shape[0] == B.shape[1] else B
    return (A.unsqueeze(2) * B).sum(dim=1)
