"""The slope of b . x is x."""

TRIPS = ["vector_rules.linear_and_square", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": x, "xAx": (A + A.T) @ x, "norm2": 2 * x, "Ax": A}
