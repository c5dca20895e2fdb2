"""Begins the sum with the first product, which an empty vector does not have."""

TRIPS = ["Vec.call_is_dot"]

import functools

Vec.__call__ = lambda self, x: functools.reduce(
    lambda total, product: total + product, (a * b for a, b in zip(self._numbers, x._numbers, strict=True))
)
