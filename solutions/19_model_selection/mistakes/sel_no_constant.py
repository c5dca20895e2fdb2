"""A polynomial of degree d has the d terms x, x^2, ..., x^d."""

import torch

TRIPS = ["select_degree.lowest_mean_error"]


def select_degree(x, y, degrees, k=5):
    def score(degree):
        powers = x.double()[:, None] ** torch.arange(1, max(degree, 1) + 1)
        return cross_validate(least_squares, squared_error, powers, y.double(), k).mean().item()

    return min(sorted(degrees), key=score)
