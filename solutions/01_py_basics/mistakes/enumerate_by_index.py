"""Believes that everything has a length and an index."""

TRIPS = ["my_enumerate.works_on_iterator", "my_enumerate.lazy", "my_enumerate.empty"]


def my_enumerate(it, start=0):
    for k in range(len(it)):
        yield k + start, it[k]
