"""The difference of two running totals is the sum of a window. (The first window starts before the first total.)"""

TRIPS = ["moving_average.k1_kT", "moving_average.example"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    totals = x.cumsum(dim=1)
    return (totals[:, k:] - totals[:, :-k]) / k
