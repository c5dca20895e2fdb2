"""The degree that fits best is the best one."""

import torch

TRIPS = ["select_degree.not_largest", "select_degree.picks_cubic_range"]


def select_degree(x, y, degrees, k=5):
    def score(degree):
        powers = x.double()[:, None] ** torch.arange(degree + 1)
        return squared_error(least_squares(powers, y.double()), powers, y.double()).item()

    return min(sorted(degrees), key=score)
