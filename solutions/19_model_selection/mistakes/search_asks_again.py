"""Asks for the best loss again before each comparison."""

import math

TRIPS = ["select_degree.random_search"]


def random_search(sampler, objective, n, generator):
    best = None
    for _ in range(n):
        candidate = sampler(generator)
        if not math.isnan(objective(candidate)) and (best is None or objective(candidate) < objective(best)):
            best = candidate
    if best is None:
        raise ValueError("no candidate has a loss that is a number")
    return best
