"""Hands a slice to the list inside and returns what comes."""

TRIPS = ["Vec.slice_is_vec"]


Vec.__getitem__ = lambda self, index: self._numbers[index]
