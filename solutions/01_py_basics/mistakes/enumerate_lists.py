"""Makes each pair a list."""

TRIPS = ["my_enumerate.list", "my_enumerate.example"]


def my_enumerate(it, start=0):
    number = start
    for item in it:
        yield [number, item]
        number += 1
