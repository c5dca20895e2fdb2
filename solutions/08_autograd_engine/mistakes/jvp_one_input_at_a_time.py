"""Moves one input after the other and adds up: right, but as many calls as inputs."""

TRIPS = ["Dual.one_pass"]


def jvp_forward(f, x, v):
    total = 0.0
    for place in range(len(x)):
        result = f([Dual(number, v[place] if other == place else 0.0) for other, number in enumerate(x)])
        total += result.tangent if isinstance(result, Dual) else 0.0
    return total
