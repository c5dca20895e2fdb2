"""Prints two digits, which does not make the same vector again."""

TRIPS = ["Vec.repr"]


Vec.__repr__ = lambda self: "Vec([" + ", ".join(f"{number:.3g}" for number in self._numbers) + "])"
