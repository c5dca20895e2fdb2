"""Believes that one underscore makes an attribute private."""

TRIPS = ["Counter.private"]


class SecretCounter:
    def __init__(self, start=0):
        self.public_count = 0
        self._total = start

    def count(self):
        self.public_count += 1
        self._total += 1
        return self._total
