"""Returns a list, which can be looped over but has no next()."""

TRIPS = ["my_enumerate.is_iterator", "my_enumerate.lazy"]


def my_enumerate(it, start=0):
    pairs = []
    for item in it:
        pairs.append((start + len(pairs), item))
    return pairs
