"""Adds 1 before the first pair instead of after it."""

TRIPS = ["my_enumerate.list", "my_enumerate.example"]


def my_enumerate(it, start=0):
    number = start
    for item in it:
        number += 1
        yield number, item
