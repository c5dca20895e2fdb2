"""The gradient of a form is A^T x."""

TRIPS = ["vector_rules.xAx_nonsymmetric", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": b, "xAx": A.T @ x, "norm2": 2 * x, "Ax": A}
