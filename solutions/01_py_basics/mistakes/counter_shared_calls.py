"""Counts the calls of all counters together."""

TRIPS = ["Counter.instances_independent"]


class SecretCounter:
    calls = [0]

    def __init__(self, start=0):
        self.__total = start

    @property
    def public_count(self):
        return self.calls[0]

    def count(self):
        self.calls[0] += 1
        self.__total += 1
        return self.__total
