"""Raises exceptions that never end: causes in a circle, chains of thousands, groups in groups, a text of 40 MB.

catalogue: [A22, G110]
outcome: [failed, crash, memory, cpu, timeout]
checks: {noise.reproducible: failed}
prints: cause is itself
"""


def value(*args):
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__, first.__context__ = second, first, second
    print("cause is itself:", first.__cause__.__cause__ is first)
    raise first


def slope(x, depth=0):
    error = None
    for number in range(20_000):
        error, before = KeyError(number), error
        error.__cause__ = before
    raise error


def fit(*args):
    error = ValueError("leaf")
    for _ in range(5000):
        error = ExceptionGroup("group", [error])
    raise error


def twice(f, x):
    raise ValueError("long " * (8 << 20))


def Layer(*args):
    return Layer(*args)
