"""Prints for ever.

catalogue: [E81, C54]
outcome: output
checks: {value.random: output, slope.gradient: failed}
prints: flood
"""


def value(x, k):
    while True:
        print("flood " * 100)
