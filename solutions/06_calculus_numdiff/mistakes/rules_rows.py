"""The derivative by a column vector is a row, as the notes say."""

TRIPS = ["vector_rules.gradient_same_shape_as_x", "vector_rules.example"]


def grad_rules(A, x, b):
    return {"bx": b[None], "xAx": ((A + A.T) @ x)[None], "norm2": 2 * x[None], "Ax": A}
