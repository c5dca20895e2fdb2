"""Ends Python from inside every function, with the exceptions that pass through `except Exception`.

catalogue: A10
outcome: failed
prints: StopAsyncIteration
"""

kinds = [SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration, type("Own", (BaseException,), {})]
given = iter(kinds * 9)


def end(*args, **kwargs):
    kind = next(given)
    print(kind.__name__)
    raise kind(0)


value = slope = Layer = fit = twice = noise = end
