"""square_ saves a copy."""

TRIPS = ["frobenius_norm.input_unchanged"]


def frobenius_norm(A):
    if not bool(A.any()):
        return A.sum() * 0
    squares = A.detach().clone() if A.requires_grad else A.square_()
    return (A * A).sum().sqrt() if A.requires_grad else squares.sum().sqrt()
