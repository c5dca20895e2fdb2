"""The slope of x . x is x."""

TRIPS = ["vector_rules.linear_and_square", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": b, "xAx": (A + A.T) @ x, "norm2": x, "Ax": A}
