"""Lets indices wrap round at the end."""

TRIPS = ["Vec.len_getitem"]


Vec.__getitem__ = lambda self, index: (
    Vec(self._numbers[index]) if isinstance(index, slice) else self._numbers[index % max(1, len(self))]
)
