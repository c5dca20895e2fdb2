"""x *= 2 is shorter."""

TRIPS = ["vector_rules.input_unchanged"]


def grad_rules(A, x, b):
    form = (A + A.T) @ x
    x *= 2
    return {"bx": b, "xAx": form, "norm2": x, "Ax": A}
