"""Computes the total from the public number of calls."""

TRIPS = ["Counter.public_is_only_a_copy", "Counter.private"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self.__total = start

    def count(self):
        self.public_count += 1
        return self.__total + self.public_count
