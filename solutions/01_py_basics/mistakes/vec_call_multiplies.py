"""Multiplies number by number and forgets to add up."""

TRIPS = ["Vec.call_is_dot", "Vec.example_call"]


Vec.__call__ = lambda self, x: Vec(a * b for a, b in zip(self._numbers, x._numbers, strict=True))
