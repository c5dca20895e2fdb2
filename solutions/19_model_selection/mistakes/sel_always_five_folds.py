"""Five folds are the usual choice."""

import torch

TRIPS = ["select_degree.uses_k", "select_degree.example"]


def select_degree(x, y, degrees, k=5):
    def score(degree):
        powers = x.double()[:, None] ** torch.arange(degree + 1)
        return cross_validate(least_squares, squared_error, powers, y.double(), 5).mean().item()

    return min(sorted(degrees), key=score)
