"""Forgets start."""

TRIPS = ["my_enumerate.start", "my_enumerate.example", "my_enumerate.lazy"]


def my_enumerate(it, start=0):
    number = 0
    for item in it:
        yield number, item
        number += 1
