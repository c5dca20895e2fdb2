"""Goes through its own indices and lets the other vector complain, or not."""

TRIPS = ["Vec.mismatch_raises"]


Vec.__call__ = lambda self, x: sum(self._numbers[k] * x._numbers[k] for k in range(len(self)))
