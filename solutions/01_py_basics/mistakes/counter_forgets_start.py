"""Begins at 0, whatever start is."""

TRIPS = ["Counter.start", "Counter.example"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self.__total = 0

    def count(self):
        self.public_count += 1
        self.__total += 1
        return self.__total
