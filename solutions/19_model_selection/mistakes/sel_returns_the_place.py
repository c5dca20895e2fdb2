"""argmin gives the answer."""

import torch

TRIPS = ["select_degree.lowest_mean_error"]


def select_degree(x, y, degrees, k=5):
    def score(degree):
        powers = x.double()[:, None] ** torch.arange(degree + 1)
        return cross_validate(least_squares, squared_error, powers, y.double(), k).mean().item()

    return min(range(len(degrees)), key=lambda place: score(degrees[place]))
