"""Computes for ever in one function.

catalogue: E70
outcome: cpu
checks: {value.random: cpu, noise.reproducible: failed}
"""


def value(x, k):
    while True:
        pass
