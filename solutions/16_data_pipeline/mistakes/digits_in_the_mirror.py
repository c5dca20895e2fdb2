"""Flipping is what everybody does with pictures."""

TRIPS = ["random_shift.accuracy_gain"]


def augment_digits(x, generator=None):
    return random_hflip(x, 0.5, generator)
