"""Returned the best w itself instead of its index."""

TRIPS = ["mle_equivalence.grid_index", "mle_equivalence.example"]


def grid_search_w(x, y, grid):
    return grid[((grid[:, None] * x - y) ** 2).mean(1).argmin()].item()
