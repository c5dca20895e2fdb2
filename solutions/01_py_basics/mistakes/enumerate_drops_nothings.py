"""Takes None and empty texts for the end or for nothing."""

TRIPS = ["my_enumerate.list", "my_enumerate.start"]


def my_enumerate(it, start=0):
    number = start
    for item in it:
        if item is not None and item != "":
            yield number, item
            number += 1
