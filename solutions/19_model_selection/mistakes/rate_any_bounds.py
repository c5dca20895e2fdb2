"""If the bounds come in the wrong order, they are meant the other way round."""

import torch

TRIPS = ["select_degree.log_uniform_bounds"]


def log_uniform(low, high, generator):
    low, high = sorted((abs(low) or 1e-9, abs(high)))
    return low * (high / low) ** torch.rand((), dtype=torch.float64, generator=generator).item()
