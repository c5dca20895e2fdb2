"""Hands the work to the builtin."""

TRIPS = ["my_enumerate.no_ready_made"]


def my_enumerate(it, start=0):
    return enumerate(it, start)
