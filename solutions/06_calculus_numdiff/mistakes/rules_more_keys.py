"""The values themselves are given as well."""

TRIPS = ["vector_rules.linear_and_square"]


def grad_rules(A, x, b):
    return {"bx": b, "xAx": (A + A.T) @ x, "norm2": 2 * x, "Ax": A, "value": x @ A @ x}
