"""Makes a list of all items before it gives the first pair."""

TRIPS = ["my_enumerate.lazy"]


def my_enumerate(it, start=0):
    number = start
    for item in list(it):
        yield number, item
        number += 1
