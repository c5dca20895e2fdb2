"""Keeps a public copy of the total."""

TRIPS = ["Counter.private"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self.__total = self.total = start

    def count(self):
        self.public_count += 1
        self.__total += 1
        self.total = self.__total
        return self.__total
