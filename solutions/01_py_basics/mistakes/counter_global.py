"""Keeps the total in a global variable."""

TRIPS = ["Counter.instances_independent", "Counter.private"]


total = 0


class SecretCounter:
    def __init__(self, start=0):
        global total
        total = start
        self.public_count = 0

    def count(self):
        global total
        total += 1
        self.public_count += 1
        return total
