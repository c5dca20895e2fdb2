"""Puts underscores on both sides, where names are not changed."""

TRIPS = ["Counter.private"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self.__total__ = start

    def count(self):
        self.public_count += 1
        self.__total__ += 1
        return self.__total__
