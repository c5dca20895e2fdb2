"""Looks numbers up by their place, where there is nothing below 0."""

TRIPS = ["Vec.len_getitem", "Vec.example"]


Vec.__getitem__ = lambda self, index: (
    Vec(self._numbers[index]) if isinstance(index, slice) else dict(enumerate(self._numbers))[index]
)
