"""Believes that start says which item comes first."""

TRIPS = ["my_enumerate.start", "my_enumerate.example", "my_enumerate.works_on_iterator"]


def my_enumerate(it, start=0):
    number = 0
    for item in it:
        if number >= start:
            yield number, item
        number += 1
