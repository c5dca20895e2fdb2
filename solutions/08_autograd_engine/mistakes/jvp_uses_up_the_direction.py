"""Takes the parts of the direction out of the caller's list."""

TRIPS = ["Dual.one_pass"]


def jvp_forward(f, x, v):
    result = f([Dual(number, v.pop(0)) for number in x])
    return result.tangent if isinstance(result, Dual) else 0.0
