"""k shifted copies added up are no loop over time."""

TRIPS = ["moving_average.no_loop", "moving_average.by_cumsum"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    length = x.shape[1] - k + 1
    return sum(x[:, shift : shift + length] for shift in range(k)) / k
