"""Compared absolute errors; with outliers in the data they prefer another w."""

TRIPS = ["mle_equivalence.grid_index"]


def grid_search_w(x, y, grid):
    return int((grid[:, None] * x - y).abs().mean(1).argmin())
