"""Takes the total for the number of calls."""

TRIPS = ["Counter.start", "Counter.example"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = start
        self.__total = start

    def count(self):
        self.public_count += 1
        self.__total += 1
        return self.__total
