"""Chance is chance, whichever generator it comes from."""

import random

TRIPS = ["select_degree.log_uniform_seeded"]


def log_uniform(low, high, generator):
    if not 0 < low <= high:
        raise ValueError("impossible bounds")
    return low * (high / low) ** random.random()
