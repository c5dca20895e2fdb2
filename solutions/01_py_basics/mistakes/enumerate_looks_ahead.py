"""Takes the next item before it hands out the one before."""

TRIPS = ["my_enumerate.lazy"]


def my_enumerate(it, start=0):
    number, rest = start, iter(it)
    try:
        item = next(rest)
    except StopIteration:
        return
    for following in rest:
        yield number, item
        number, item = number + 1, following
    yield number, item
