"""unfold writes all windows out, and a view costs nothing."""

TRIPS = ["moving_average.by_cumsum"]

import torch
from torch import Tensor


def moving_average(x: Tensor, k: int) -> Tensor:
    if not 1 <= k <= x.shape[1]:
        raise ValueError("the window does not fit")
    return x.unfold(1, k, 1).sum(dim=-1) / k
