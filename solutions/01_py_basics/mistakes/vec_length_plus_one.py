"""Takes the last index for the length."""

TRIPS = ["Vec.len_getitem", "Vec.example"]


Vec.__len__ = lambda self: len(self._numbers) - 1 if self._numbers else 0
