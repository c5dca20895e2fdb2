"""As a x^2 has the slope 2 a x, so x . (A x) has 2 A x."""

TRIPS = ["vector_rules.xAx_nonsymmetric", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": b, "xAx": 2 * A @ x, "norm2": 2 * x, "Ax": A}
