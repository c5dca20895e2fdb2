"""Puts the item before its number."""

TRIPS = ["my_enumerate.list", "my_enumerate.example"]


def my_enumerate(it, start=0):
    number = start
    for item in it:
        yield item, number
        number += 1
