"""A number between low and high, all alike."""

import torch

TRIPS = ["select_degree.log_uniform"]


def log_uniform(low, high, generator):
    if not 0 < low <= high:
        raise ValueError("impossible bounds")
    return low + (high - low) * torch.rand((), dtype=torch.float64, generator=generator).item()
