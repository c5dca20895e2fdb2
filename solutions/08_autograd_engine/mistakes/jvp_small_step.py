"""Divides a difference by a tiny step and calls that forward mode."""

TRIPS = ["Dual.one_pass"]


def jvp_forward(f, x, v):
    there = f([Dual(number + 1e-6 * each) for number, each in zip(x, v)])
    back = f([Dual(number - 1e-6 * each) for number, each in zip(x, v)])
    if not isinstance(there, Dual):
        return 0.0
    return (there.value - back.value) / 2e-6
