"""Keeps the total in the class and changes it there, for all counters."""

TRIPS = ["Counter.instances_independent"]


class SecretCounter:
    __total = 0

    def __init__(self, start=0):
        self.public_count = 0
        SecretCounter.__total = start

    def count(self):
        self.public_count += 1
        SecretCounter.__total += 1
        return SecretCounter.__total
