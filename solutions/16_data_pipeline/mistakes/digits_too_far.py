"""The further the better: then one pixel is nothing."""

TRIPS = ["random_shift.accuracy_gain"]


def augment_digits(x, generator=None):
    return random_shift(x, 2, generator)
