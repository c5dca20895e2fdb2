"""Builds the slice by hand and forgets the step."""

TRIPS = ["Vec.slice_is_vec"]


Vec.__getitem__ = lambda self, index: (
    Vec(self._numbers[index.start : index.stop]) if isinstance(index, slice) else self._numbers[index]
)
