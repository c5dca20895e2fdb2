"""Returns the total from before the call."""

TRIPS = ["Counter.value", "Counter.example"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self.__total = start

    def count(self):
        self.public_count += 1
        self.__total += 1
        return self.__total - 1
