"""The best candidate has the highest score."""

import math

TRIPS = ["select_degree.random_search", "select_degree.example_search"]


def random_search(sampler, objective, n, generator):
    trials = [(candidate, objective(candidate)) for candidate in (sampler(generator) for _ in range(n))]
    good = [(candidate, loss) for candidate, loss in trials if not math.isnan(loss)]
    if not good:
        raise ValueError("no candidate has a loss that is a number")
    return max(good, key=lambda trial: trial[1])[0]
