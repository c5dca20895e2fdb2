"""A search makes its own generator."""

import math
import torch

TRIPS = ["select_degree.uses_generator"]


def random_search(sampler, objective, n, generator):
    generator = torch.Generator().manual_seed(0)
    trials = [(candidate, objective(candidate)) for candidate in (sampler(generator) for _ in range(n))]
    good = [(candidate, loss) for candidate, loss in trials if not math.isnan(loss)]
    if not good:
        raise ValueError("no candidate has a loss that is a number")
    return min(good, key=lambda trial: trial[1])[0]
