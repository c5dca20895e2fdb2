"""One fold held out tells all."""

import torch

TRIPS = ["select_degree.lowest_mean_error"]


def select_degree(x, y, degrees, k=5):
    def score(degree):
        powers = x.double()[:, None] ** torch.arange(degree + 1)
        return cross_validate(least_squares, squared_error, powers, y.double(), k)[0].item()

    return min(sorted(degrees), key=score)
