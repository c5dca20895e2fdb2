"""Denominator layout: one row for each input."""

TRIPS = ["vector_rules.jacobian_layout", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": b, "xAx": (A + A.T) @ x, "norm2": 2 * x, "Ax": A.T}
