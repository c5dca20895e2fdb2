"""Takes the first item before the loop, whether there is one or not."""

TRIPS = ["my_enumerate.empty"]


def my_enumerate(it, start=0):
    rest = iter(it)
    yield start, next(rest)
    for item in rest:
        start += 1
        yield start, item
