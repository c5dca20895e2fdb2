"""Compared with <= in the loop: of equal candidates the last one wins."""

TRIPS = ["mle_equivalence.grid_index"]


def grid_search_w(x, y, grid):
    best, least = 0, float("inf")
    for index, w in enumerate(grid.tolist()):
        error = ((w * x - y) ** 2).mean().item()
        if error <= least:
            best, least = index, error
    return best
