"""Keeps the list it was given."""

TRIPS = ["Vec.own_copy"]


Vec.__init__ = lambda self, numbers: setattr(
    self, "_numbers", numbers if isinstance(numbers, list) else list(numbers)
)
